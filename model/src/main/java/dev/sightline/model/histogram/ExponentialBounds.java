package dev.sightline.model.histogram;

/// The bounds of exponential buckets: each schema above 0 divides the powers of two once more, each
/// below merges them.
final class ExponentialBounds {
  /*
   * The upper bound of bucket i is 2^(i / 2^schema). The fractions between 1/2 and 1 come from one table of the finest
   * schema, so that a bound that two schemas share is the same number in both: zero thresholds are compared with it.
   */
  private static final int FINEST = NativeHistogram.FINEST_SCHEMA;
  private static final double[] FRACTIONS = new double[1 << FINEST];

  static {
    for (int i = 0; i < FRACTIONS.length; i++) {
      FRACTIONS[i] = StrictMath.pow(2, (double) i / FRACTIONS.length - 1);
    }
  }

  private ExponentialBounds() {}

  /// Of a bucket of positive values; those of negative ones are mirrored.
  static double upper(int schema, int index) {
    if (schema < 0) {
      int exponent = index << -schema;
      return exponent == Double.MAX_EXPONENT + 1 ? Double.MAX_VALUE : power(1, exponent);
    }
    double fraction = FRACTIONS[(index & ((1 << schema) - 1)) << (FINEST - schema)];
    int exponent = (index >> schema) + 1;
    return fraction == 0.5 && exponent == Double.MAX_EXPONENT + 2
        ? Double.MAX_VALUE
        : power(fraction, exponent);
  }

  private static double power(double fraction, int exponent) {
    return Math.scalb(fraction, exponent);
  }
}
