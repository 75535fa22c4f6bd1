package dev.sightline.stats.test;

import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.column.TiedWalk;
import java.util.Arrays;

/// The largest distance between two empirical distribution functions: A. Kolmogorov (1933), N.
/// Smirnov (1939).
public final class KolmogorovSmirnov {
  /// Up to here the exact p-value is found by default, as in SciPy.
  public static final int LARGEST_EXACT = 10_000;

  private KolmogorovSmirnov() {}

  /// Exact where both sides have at most [#LARGEST_EXACT] rows, else asymptotic.
  public static TestResult test(SortedColumn reference, SortedColumn current) {
    return Math.max(reference.n(), current.n()) <= LARGEST_EXACT
        ? exact(reference, current)
        : asymptotic(reference, current);
  }

  /// The statistic alone, 0 to 1.
  public static double distance(SortedColumn reference, SortedColumn current) {
    double perReference = 1.0 / reference.n();
    double perCurrent = 1.0 / current.n();
    double largest = 0;
    TiedWalk walk = new TiedWalk(reference, current);
    while (walk.next()) {
      double first = (walk.referenceBelow() + walk.referenceHere()) * perReference;
      double second = (walk.currentBelow() + walk.currentHere()) * perCurrent;
      largest = Math.max(largest, Math.abs(first - second));
    }
    return largest;
  }

  /// By the one-sample distribution of n m / (n + m) rows, rounded.
  public static TestResult asymptotic(SortedColumn reference, SortedColumn current) {
    double d = distance(reference, current);
    return new TestResult(d, asymptotic(d, reference.n(), current.n()), "asymptotic");
  }

  public static double asymptotic(double d, double nReference, double nCurrent) {
    long effective = (long) Math.rint(nReference * nCurrent / (nReference + nCurrent));
    return KolmogorovLaw.tail(d, Math.max(1, effective));
  }

  /// By counting the paths of all orders of both sides' rows: J. Hodges, "The significance
  /// probability of the Smirnov two-sample test" (1958). Time grows with the product of the sizes.
  public static TestResult exact(SortedColumn reference, SortedColumn current) {
    double d = distance(reference, current);
    int large = Math.max(reference.n(), current.n());
    int small = Math.min(reference.n(), current.n());
    long multiple = (long) (large / greatestCommonDivisor(large, small)) * small;
    double fraction = (double) Math.round(d * multiple) / multiple;
    return new TestResult(fraction, exactTail(d, reference.n(), current.n()), "exact");
  }

  /// The exact chance that two windows of one distribution are at least so far apart.
  public static double exactTail(double d, int nReference, int nCurrent) {
    int large = Math.max(nReference, nCurrent);
    int small = Math.min(nReference, nCurrent);
    int divisor = greatestCommonDivisor(large, small);
    long multiple = (long) (large / divisor) * small;
    long height = Math.round(d * multiple);
    if (height == 0) {
      return 1;
    }
    return large == small
        ? outsideSquare(large, height)
        : outside(large, small, large / divisor, small / divisor, height);
  }

  /// The chance that a random path from (0, 0) to (n, n) leaves the band, by reflection.
  private static double outsideSquare(int n, long height) {
    double sum = 0;
    double sign = 1;
    double ratio = 1;
    long done = 0;
    for (long shift = height; shift <= n; shift += height) {
      for (; done < shift; done++) {
        ratio *= (double) (n - done) / (n + done + 1);
      }
      sum += sign * ratio;
      sign = -sign;
    }
    return 2 * sum;
  }

  /// The chance that a random path from (0, 0) to (large, small) touches |i/large - j/small| >= d.
  private static double outside(int large, int small, long largeStep, long smallStep, long height) {
    // chances[j]: of a random path to (i, j); 1 wherever the band has been left.
    double[] chances = new double[small + 1];
    Arrays.fill(chances, 1);
    for (int i = 0; i <= large; i++) {
      long place = smallStep * i;
      int from = (int) Math.max(0, Math.floorDiv(place - height, largeStep) + 1);
      int to = (int) Math.min(small, -Math.floorDiv(-(place + height), largeStep) - 1);
      for (int j = from; j <= to; j++) {
        double beside = j == 0 ? 0 : j == from ? 1 : chances[j - 1];
        double below = i == 0 ? 0 : chances[j];
        chances[j] = i + j == 0 ? 0 : (i * below + j * beside) / (i + j);
      }
    }
    return chances[small];
  }

  private static int greatestCommonDivisor(int first, int second) {
    return second == 0 ? first : greatestCommonDivisor(second, first % second);
  }
}
