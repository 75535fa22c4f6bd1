package dev.sightline.stats.distance;

import dev.sightline.stats.column.PairedCounts;

/// How far the shares of categories or bins have moved. All are 0 for equal shares; with p the
/// reference's share and q the current one.
public final class CountDistances {
  private CountDistances() {}

  /// The root of J. Lin's divergence (1991): half of what p and q each tell beyond their mean. At
  /// most 1 with base 2, at most 0.8326 with base e.
  ///
  /// @param base of the logarithm: 2, or `Math.E` as Evidently
  public static double jensenShannon(PairedCounts counts, double base) {
    double[][] shares = Smoothing.NONE.shares(counts);
    double sum = 0;
    for (int category = 0; category < counts.size(); category++) {
      double p = shares[0][category];
      double q = shares[1][category];
      double middle = (p + q) / 2;
      sum += p == 0 ? 0 : p * Math.log(p / middle);
      sum += q == 0 ? 0 : q * Math.log(q / middle);
    }
    return Math.sqrt(Math.max(0, sum) / 2 / Math.log(base));
  }

  /// S. Kullback and R. Leibler (1951): sum of p ln(p / q), of shares that add up to 1 after
  /// smoothing.
  public static double kullbackLeibler(PairedCounts counts, Smoothing smoothing) {
    double[][] shares = smoothing.shares(counts);
    double all = sum(shares[0]);
    double other = sum(shares[1]);
    double sum = 0;
    for (int category = 0; category < counts.size(); category++) {
      double p = shares[0][category] / all;
      double q = shares[1][category] / other;
      sum += p == 0 ? 0 : p * Math.log(p / q);
    }
    return Math.max(0, sum);
  }

  /// The population stability index of credit scoring: sum of (q - p) ln(q / p). By custom, below
  /// 0.1 is stable, 0.1 to 0.25 worth a look, above 0.25 drift. Two windows of one distribution
  /// score about (bins - 1) (1/n + 1/m), not 0.
  public static double populationStability(PairedCounts counts, Smoothing smoothing) {
    double[][] shares = smoothing.shares(counts);
    double sum = 0;
    for (int category = 0; category < counts.size(); category++) {
      double p = shares[0][category];
      double q = shares[1][category];
      sum += p == q ? 0 : (q - p) * Math.log(q / p);
    }
    return sum;
  }

  /// E. Hellinger (1909): the root of 1 - sum of √(p q), 0 to 1.
  public static double hellinger(PairedCounts counts) {
    double[][] shares = Smoothing.NONE.shares(counts);
    double sum = 0;
    for (int category = 0; category < counts.size(); category++) {
      sum += Math.sqrt(shares[0][category] * shares[1][category]);
    }
    return Math.sqrt(1 - Math.clamp(sum, 0, 1));
  }

  /// Half of the sum of |p - q|: the share of rows that would have to change category. 0 to 1.
  public static double totalVariation(PairedCounts counts) {
    double[][] shares = Smoothing.NONE.shares(counts);
    double sum = 0;
    for (int category = 0; category < counts.size(); category++) {
      sum += Math.abs(shares[0][category] - shares[1][category]);
    }
    return sum / 2;
  }

  /// The largest |p - q|, 0 to 1.
  public static double largestDifference(PairedCounts counts) {
    double[][] shares = Smoothing.NONE.shares(counts);
    double largest = 0;
    for (int category = 0; category < counts.size(); category++) {
      largest = Math.max(largest, Math.abs(shares[0][category] - shares[1][category]));
    }
    return largest;
  }

  private static double sum(double[] shares) {
    double sum = 0;
    for (double share : shares) {
      sum += share;
    }
    return sum;
  }
}
