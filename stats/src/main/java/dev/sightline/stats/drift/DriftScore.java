package dev.sightline.stats.drift;

import org.jspecify.annotations.Nullable;

/// One feature judged by one method, with everything that the number depends on.
///
/// @param variant of the method, such as "exact" or "base e, Sturges of both"
/// @param bins how many bins or categories; 0 where the method has none
/// @param score a p-value or a distance: see [DriftMethod#score]
/// @param pValue null where the method has none
/// @param effect how large the difference is, whatever n; see `effectName`
/// @param source whether rows or sketches were compared
public record DriftScore(
    DriftMethod method,
    String variant,
    int bins,
    long nReference,
    long nCurrent,
    double score,
    @Nullable Double pValue,
    double effect,
    String effectName,
    Limit limit,
    Verdict verdict,
    Source source)
    implements DriftOutcome {
  /// What was compared.
  public enum Source {
    EXACT,
    SKETCH,
    /// Some of the rows, drawn by chance.
    SAMPLE
  }
}
