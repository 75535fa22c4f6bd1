package dev.sightline.stats.measure;

import dev.sightline.stats.probability.Tails;

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
    /// By the variance of the influences of rows.
    INFLUENCE,
    /// Of a size that chance makes larger: holds the true one at least as often as the level says.
    BOUND,
    /// Of an estimate without truth: where the realised value falls if the calibration holds.
    CALIBRATION,
    /// Percentiles of resamples that a seed fixes.
    BOOTSTRAP
  }

  /// The standard error that it stands on; to first order, where it is not even around its value.
  ///
  /// @param value that it stands beside
  double deviation(double value) {
    double z = Tails.normalQuantile(0.5 + level / 2);
    // One end of a loss may be cut off at 0.
    return kind == Kind.STUDENT ? Math.max(high - value, value - low) / z : (high - low) / (2 * z);
  }
}
