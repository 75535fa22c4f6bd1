package dev.sightline.stats.measure;

import dev.sightline.stats.probability.Tails;

/// The mean of a loss over rows, with the interval that the central limit gives it.
final class Means {
  private Means() {}

  static Measured of(double[] values, double level) {
    if (values.length == 0) {
      return new Measured.NotEnough(0, 1);
    }
    Total sum = new Total();
    for (double value : values) {
      sum.add(value);
    }
    double mean = sum.value() / values.length;
    if (!Double.isFinite(mean)) {
      return new Measured.Undefined(values.length, "a loss is infinite or not a number");
    }
    Total squares = new Total();
    for (double value : values) {
      squares.add((value - mean) * (value - mean));
    }
    return of(mean, squares.value(), values.length, level);
  }

  /// The same where no value can lie outside of some bounds, and so neither can their mean.
  static Measured within(double least, double most, Measured measured) {
    if (!(measured instanceof Measured.Known(double value, long n, Interval interval))
        || interval == null) {
      return measured;
    }
    double low = Math.max(least, interval.low());
    double high = Math.min(most, interval.high());
    return new Measured.Known(value, n, new Interval(low, high, interval.level(), interval.kind()));
  }

  /// Of values that are never below 0.
  static Measured loss(Measured measured) {
    return within(0, Double.POSITIVE_INFINITY, measured);
  }

  /// @param squares the sum of squared distances to the mean
  static Measured of(double mean, double squares, long n, double level) {
    if (n < 2) {
      return new Measured.Known(mean, n, null);
    }
    // Student's quantile by Cornish and Fisher, from the normal one: error below 1 % from n = 6.
    double z = Tails.normalQuantile(0.5 + level / 2);
    double degrees = n - 1;
    double t =
        z
            + (z * z * z + z) / (4 * degrees)
            + (5 * Math.pow(z, 5) + 16 * z * z * z + 3 * z) / (96 * degrees * degrees);
    double half = t * Math.sqrt(squares / degrees / n);
    return new Measured.Known(
        mean, n, new Interval(mean - half, mean + half, level, Interval.Kind.STUDENT));
  }
}
