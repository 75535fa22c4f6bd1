package dev.sightline.stats.measure;

import dev.sightline.stats.probability.Tails;

/// Intervals of values from 0 to 1 on the scale of log odds, so that they never leave it.
final class LogOdds {
  private LogOdds() {}

  /// Where the rows show no spread, such as where each case is in its place, the value is not
  /// certain all the same: then the interval is Wilson's for as many cases as the rarer side has.
  ///
  /// @param rarer cases of the side that has fewer; at least 1
  static Interval interval(
      double value, double deviation, long rarer, double level, Interval.Kind kind) {
    if (value <= 0 || value >= 1 || deviation == 0) {
      return Wilson.interval(Math.clamp(value, 0, 1) * rarer, (double) rarer, level);
    }
    double z = Tails.normalQuantile(0.5 + level / 2);
    double odds = Math.log(value / (1 - value));
    double half = z * deviation / (value * (1 - value));
    return new Interval(
        1 / (1 + Math.exp(half - odds)), 1 / (1 + Math.exp(-half - odds)), level, kind);
  }
}
