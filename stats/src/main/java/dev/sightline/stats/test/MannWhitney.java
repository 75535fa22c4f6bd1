package dev.sightline.stats.test;

import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.column.TiedWalk;
import dev.sightline.stats.probability.Tails;

/// Whether one side tends to larger values: H. Mann and D. Whitney (1947).
public final class MannWhitney {
  /// With at most this many rows on a side and no ties the exact distribution is used, as in SciPy.
  private static final int SMALL = 8;

  private MannWhitney() {}

  /// Which differences count.
  public enum Alternative {
    TWO_SIDED,
    /// The reference tends to smaller values. Evidently asks for this one, and misses falls.
    LESS,
    GREATER
  }

  public static TestResult test(
      SortedColumn reference, SortedColumn current, Alternative alternative) {
    double product = (double) reference.n() * current.n();
    Ranks ranks = Ranks.of(reference, current);
    // U of the reference: pairs in which it is larger, ties half.
    double u = ranks.larger();
    double extreme =
        switch (alternative) {
          case TWO_SIDED -> Math.max(u, product - u);
          case GREATER -> u;
          case LESS -> product - u;
        };
    int sides = alternative == Alternative.TWO_SIDED ? 2 : 1;
    boolean exact = Math.min(reference.n(), current.n()) <= SMALL && ranks.ties() == 0;
    double pValue =
        exact
            ? sides * exactTail((long) extreme, reference.n(), current.n())
            : sides * Tails.normal(standardised(extreme, ranks, reference.n(), current.n()));
    return new TestResult(u, pValue, exact ? "exact" : "normal, corrected for ties");
  }

  /// The chance that a row of the reference is smaller, minus the chance that it is larger: -1 to
  /// 1.
  public static double rankBiserial(SortedColumn reference, SortedColumn current) {
    double product = (double) reference.n() * current.n();
    return 1 - 2 * Ranks.of(reference, current).larger() / product;
  }

  private static double standardised(double u, Ranks ranks, double first, double second) {
    double n = first + second;
    double deviation = Math.sqrt(first * second / 12 * (n + 1 - ranks.ties() / (n * (n - 1))));
    return deviation == 0 ? 0 : (u - first * second / 2 - 0.5) / deviation;
  }

  /// P(U >= u), by counting the orders in which U takes each value. Their numbers are the
  /// coefficients of a Gaussian binomial: the product over i of (1 - x^(large + i)) / (1 - x^i).
  private static double exactTail(long u, int first, int second) {
    int small = Math.min(first, second);
    int large = Math.max(first, second);
    int most = small * large;
    double[] chances = new double[most + 1];
    chances[0] = 1;
    for (int i = 1; i <= small; i++) {
      int shift = large + i;
      for (int v = most; v >= shift; v--) {
        chances[v] -= chances[v - shift];
      }
      for (int v = i; v <= most; v++) {
        chances[v] += chances[v - i];
      }
      // Divided by how many orders there are so far, so that nothing overflows.
      for (int v = 0; v <= most; v++) {
        chances[v] *= (double) i / shift;
      }
    }
    // Both ends are alike; the lower one is summed from small to large.
    double sum = 0;
    for (int v = 0; v <= most - u; v++) {
      sum += chances[v];
    }
    return sum;
  }

  /// @param larger pairs in which the reference is larger, ties half
  /// @param ties the sum over tied groups of t³ - t
  private record Ranks(double larger, double ties) {
    static Ranks of(SortedColumn reference, SortedColumn current) {
      double larger = 0;
      double ties = 0;
      TiedWalk walk = new TiedWalk(reference, current);
      while (walk.next()) {
        larger += walk.referenceHere() * (walk.currentBelow() + walk.currentHere() / 2.0);
        double together = (double) walk.referenceHere() + walk.currentHere();
        ties += together * together * together - together;
      }
      return new Ranks(larger, ties);
    }
  }
}
