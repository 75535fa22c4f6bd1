package dev.sightline.stats.measure;

import dev.sightline.stats.probability.Tails;
import org.jspecify.annotations.Nullable;

/// The interval of a share of explained variance, 1 - U / T: U the mean squared error, T that of
/// always saying the mean truth.
final class Explained {
  /*
   * The influence of a row with error e and truth t on U / T is (e² - (U / T) (t - mean)²) / T. The
   * interval is made on the scale of the logarithm of U / T, so that the measure never exceeds 1.
   */
  private Explained() {}

  /// @param leaning the part of each error that does not count: 0 for R², the mean error for
  ///   explained variance
  /// @param value of the measure, on all rows
  /// @param n how many rows those are; these may be a sample of them
  /// @return null where there are fewer than three
  static @Nullable Interval interval(
      double[] truth, double[] prediction, double leaning, double value, long n, double level) {
    int rows = truth.length;
    if (rows < 3) {
      return null;
    }
    double mean = 0;
    for (double each : truth) {
      mean += each / rows;
    }
    double total = 0;
    for (double each : truth) {
      total += (each - mean) * (each - mean) / rows;
    }
    double unexplained = 1 - value;
    if (unexplained <= 0 || total == 0) {
      return total == 0 ? null : new Interval(1, 1, level, Interval.Kind.INFLUENCE);
    }
    double squares = 0;
    for (int row = 0; row < rows; row++) {
      double error = prediction[row] - truth[row] - leaning;
      double off = truth[row] - mean;
      double influence = (error * error - unexplained * off * off) / total;
      squares += influence * influence;
    }
    double deviation = Math.sqrt(squares / (rows - 1) / n);
    double factor = Math.exp(Tails.normalQuantile(0.5 + level / 2) * deviation / unexplained);
    return new Interval(
        1 - unexplained * factor, 1 - unexplained / factor, level, Interval.Kind.INFLUENCE);
  }
}
