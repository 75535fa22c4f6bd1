package dev.sightline.model.histogram;

/// What an addition of floats rounds off, by Kahan and Neumaier.
final class Rounding {
  private Rounding() {}

  /// The compensation after adding `value` to `sum` has yielded `total`.
  static double lostAfter(double total, double sum, double value, double lost) {
    if (Double.isInfinite(total)) {
      return 0;
    }
    return Math.abs(sum) >= Math.abs(value)
        ? lost + ((sum - total) + value)
        : lost + ((value - total) + sum);
  }
}
