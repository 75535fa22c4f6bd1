package dev.sightline.stats.test;

import dev.sightline.stats.probability.Tails;
import org.hipparchus.special.Gamma;

/// Tests of one share against another.
public final class TwoByTwo {
  /// Probabilities this close count as equal, as in R, because they are sums of logarithms.
  private static final double EQUAL = 1 + 1e-7;

  private TwoByTwo() {}

  /// The pooled two-proportion z test, two-sided.
  ///
  /// @param hitsReference of `nReference`
  public static TestResult z(long hitsReference, long nReference, long hitsCurrent, long nCurrent) {
    double first = (double) hitsReference / nReference;
    double second = (double) hitsCurrent / nCurrent;
    double pooled = (double) (hitsReference + hitsCurrent) / (nReference + nCurrent);
    double deviation = Math.sqrt(pooled * (1 - pooled) * (1.0 / nReference + 1.0 / nCurrent));
    if (deviation == 0) {
      return new TestResult(0, 1, "pooled");
    }
    double z = (first - second) / deviation;
    return new TestResult(z, Tails.normalTwoSided(z), "pooled");
  }

  /// R. Fisher's exact test, two-sided: the chance of all tables of the same margins that are no
  /// likelier than this one. The statistic is the odds ratio.
  public static TestResult fisher(
      long hitsReference, long nReference, long hitsCurrent, long nCurrent) {
    long hits = hitsReference + hitsCurrent;
    long least = Math.max(0, hits - nCurrent);
    long most = Math.min(hits, nReference);
    double own = logChance(hitsReference, hits, nReference, nCurrent);
    double limit = own + Math.log(EQUAL);
    double sum = 0;
    for (long each = least; each <= most; each++) {
      double log = logChance(each, hits, nReference, nCurrent);
      sum += log <= limit ? Math.exp(log) : 0;
    }
    double odds =
        (double) hitsReference
            * (nCurrent - hitsCurrent)
            / ((double) hitsCurrent * (nReference - hitsReference));
    return new TestResult(odds, sum, "two-sided");
  }

  private static double logChance(long each, long hits, long nReference, long nCurrent) {
    return logBinomial(nReference, each)
        + logBinomial(nCurrent, hits - each)
        - logBinomial(nReference + nCurrent, hits);
  }

  private static double logBinomial(long n, long k) {
    return Gamma.logGamma(n + 1.0) - Gamma.logGamma(k + 1.0) - Gamma.logGamma(n - k + 1.0);
  }
}
