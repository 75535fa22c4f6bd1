package dev.sightline.stats.drift;

/// A score, or why there is none.
public sealed interface DriftOutcome
    permits DriftScore, DriftOutcome.NotEnough, DriftOutcome.NotApplicable {
  /// Fewer rows than the rule asks for.
  record NotEnough(long nReference, long nCurrent, long needed) implements DriftOutcome {}

  /// @param why in the words of a user
  record NotApplicable(DriftMethod method, String why) implements DriftOutcome {}
}
