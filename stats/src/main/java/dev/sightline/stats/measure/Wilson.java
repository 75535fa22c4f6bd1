package dev.sightline.stats.measure;

import dev.sightline.stats.probability.Tails;

/// The interval of a share: E. B. Wilson, "Probable inference, the law of succession, and
/// statistical inference" (1927). Never outside 0 to 1, and honest for few observations, unlike the
/// usual plus-minus.
public final class Wilson {
  private Wilson() {}

  /// @param n at least 1
  public static Interval interval(double successes, double n, double level) {
    double z = Tails.normalQuantile(0.5 + level / 2);
    double share = successes / n;
    double square = z * z / n;
    double centre = (share + square / 2) / (1 + square);
    double half = z / (1 + square) * Math.sqrt(share * (1 - share) / n + square / (4 * n));
    double low = successes == 0 ? 0 : Math.max(0, centre - half);
    double high = successes == n ? 1 : Math.min(1, centre + half);
    return new Interval(low, high, level, Interval.Kind.WILSON);
  }

  /// A share with its interval.
  public static Measured share(long successes, long n, long minimumN, double level) {
    if (n < Math.max(1, minimumN)) {
      return new Measured.NotEnough(n, Math.max(1, minimumN));
    }
    return new Measured.Known(
        (double) successes / n, n, interval((double) successes, (double) n, level));
  }
}
