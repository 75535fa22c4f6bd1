package dev.sightline.stats.measure;

/// The values that stand beside an estimate: the true one lies between them as often as `level`
/// says.
///
/// @param level 0 to 1, such as 0.95
/// @param kind how it was found
public record Interval(double low, double high, double level, Kind kind) {
  /// How an interval was found.
  public enum Kind {
    /// Of a share, by Wilson's score.
    WILSON,
    /// Of a mean, by Student's distribution.
    STUDENT,
    /// Of an area under a ROC curve, by DeLong's variance on the scale of log odds.
    DELONG,
    /// Of an estimate without truth: where the realised value falls if the calibration holds.
    CALIBRATION,
    /// Percentiles of resamples that a seed fixes.
    BOOTSTRAP
  }
}
