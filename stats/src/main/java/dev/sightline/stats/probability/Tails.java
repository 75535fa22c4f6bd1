package dev.sightline.stats.probability;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.special.Beta;
import org.hipparchus.special.Erf;
import org.hipparchus.special.Gamma;

/// Probabilities beyond a value, for the distributions that tests refer to. Upper tails are
/// computed as such, not as one minus the rest, so that small ones keep their digits.
public final class Tails {
  private static final NormalDistribution NORMAL = new NormalDistribution(0, 1);

  private Tails() {}

  /// P(Z > z) of the standard normal distribution.
  public static double normal(double z) {
    return Double.isInfinite(z) ? (z > 0 ? 0 : 1) : 0.5 * Erf.erfc(z / Math.sqrt(2));
  }

  /// P(|Z| > |z|) of the standard normal distribution.
  public static double normalTwoSided(double z) {
    return Double.isInfinite(z) ? 0 : Erf.erfc(Math.abs(z) / Math.sqrt(2));
  }

  /// The z below which a standard normal value lies with this probability.
  public static double normalQuantile(double probability) {
    return NORMAL.inverseCumulativeProbability(probability);
  }

  /// P(X > x) of the chi-square distribution.
  public static double chiSquare(double x, double degrees) {
    if (x <= 0 || degrees <= 0) {
      return 1;
    }
    return Double.isInfinite(x) ? 0 : Gamma.regularizedGammaQ(degrees / 2, x / 2);
  }

  /// P(|T| > |t|) of Student's distribution.
  public static double studentTwoSided(double t, double degrees) {
    if (Double.isInfinite(t)) {
      return 0;
    }
    double squared = t * t;
    return squared == 0 ? 1 : Beta.regularizedBeta(degrees / (degrees + squared), degrees / 2, 0.5);
  }
}
