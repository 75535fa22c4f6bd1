package dev.sightline.stats.drift;

import java.util.List;

/// Whether a whole set of features has drifted: by the share of those that have, as Evidently.
///
/// @param judged features that have a score
/// @param drifted of those
/// @param limit the share from which on the set has drifted
public record DatasetDrift(int judged, int drifted, double limit) {
  /// Evidently's.
  public static final double USUAL_LIMIT = 0.5;

  /// Features without a score count on neither side.
  public static DatasetDrift of(List<DriftOutcome> features, double limit) {
    int judged = 0;
    int drifted = 0;
    for (DriftOutcome feature : features) {
      if (feature instanceof DriftScore score) {
        judged++;
        drifted += score.verdict() == Verdict.DRIFTED ? 1 : 0;
      }
    }
    return new DatasetDrift(judged, drifted, limit);
  }

  /// @return NaN where no feature was judged
  public double share() {
    return (double) drifted / judged;
  }

  public boolean hasDrifted() {
    return judged > 0 && share() >= limit;
  }
}
