package dev.sightline.stats.probability;

import java.util.random.RandomGenerator;
import org.hipparchus.special.Gamma;

/// Draws from binomial distributions, in time that does not grow with the number of trials.
public final class BinomialDraw {
  /*
   * Few expected successes: count the geometric gaps between them. Many: transformed rejection
   * with squeeze, algorithm BTRS of W. Hörmann, "The generation of binomial random variates",
   * Journal of Statistical Computation and Simulation 46 (1993). It needs p <= 1/2 and n p >= 10;
   * larger p draws failures instead.
   */
  private static final double FEW = 10;

  private BinomialDraw() {}

  /// How many of `trials` succeed.
  public static long of(RandomGenerator random, long trials, double p) {
    if (trials <= 0 || p <= 0) {
      return 0;
    }
    if (p >= 1) {
      return trials;
    }
    if (p > 0.5) {
      return trials - of(random, trials, 1 - p);
    }
    return trials * p < FEW ? byGaps(random, trials, p) : byRejection(random, trials, p);
  }

  private static long byGaps(RandomGenerator random, long trials, double p) {
    double logOfFailure = Math.log1p(-p);
    long successes = 0;
    double used = 0;
    while (true) {
      used += Math.floor(Math.log(1 - random.nextDouble()) / logOfFailure) + 1;
      if (used > trials) {
        return successes;
      }
      successes++;
    }
  }

  private static long byRejection(RandomGenerator random, long trials, double p) {
    double spread = Math.sqrt(trials * p * (1 - p));
    double b = 1.15 + 2.53 * spread;
    double a = -0.0873 + 0.0248 * b + 0.01 * p;
    double centre = trials * p + 0.5;
    double inner = 0.92 - 4.2 / b;
    double alpha = (2.83 + 5.1 / b) * spread;
    double odds = Math.log(p / (1 - p));
    double mode = Math.floor((trials + 1) * p);
    double height = Gamma.logGamma(mode + 1) + Gamma.logGamma(trials - mode + 1);
    while (true) {
      double u = random.nextDouble() - 0.5;
      double v = random.nextDouble();
      double us = 0.5 - Math.abs(u);
      double k = Math.floor((2 * a / us + b) * u + centre);
      if (us >= 0.07 && v <= inner) {
        return (long) k;
      }
      if (k < 0 || k > trials) {
        continue;
      }
      double bound =
          height - Gamma.logGamma(k + 1) - Gamma.logGamma(trials - k + 1) + (k - mode) * odds;
      if (Math.log(v * alpha / (a / (us * us) + b)) <= bound) {
        return (long) k;
      }
    }
  }
}
