package dev.sightline.stats.test;

import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.column.TiedWalk;
import org.hipparchus.special.Gamma;

/// The mean squared distance between two empirical distribution functions: T. Anderson, "On the
/// distribution of the two-sample Cramér-von Mises criterion" (1962).
public final class CramerVonMises {
  private CramerVonMises() {}

  /// The p-value is that of the limit, with the first moments of the sizes at hand.
  public static TestResult test(SortedColumn reference, SortedColumn current) {
    double first = reference.n();
    double second = current.n();
    double n = first + second;
    double product = first * second;
    double u = rankDistances(reference, current);
    double statistic = u / (product * n) - (4 * product - 1) / (6 * n);
    double expected = (1 + 1 / n) / 6;
    double variance =
        (n + 1)
            * (4 * product * n - 3 * (first * first + second * second) - 2 * product)
            / (45 * n * n * 4 * product);
    double limit = 1.0 / 6 + (statistic - expected) / Math.sqrt(45 * variance);
    double pValue = limit < 0.003 ? 1 : Math.max(0, 1 - cumulative(limit));
    return new TestResult(statistic, pValue, "asymptotic");
  }

  /// The weighted squares of how far each row's rank is from its place within its own side.
  private static double rankDistances(SortedColumn reference, SortedColumn current) {
    double ofReference = 0;
    double ofCurrent = 0;
    TiedWalk walk = new TiedWalk(reference, current);
    while (walk.next()) {
      double below = (double) walk.referenceBelow() + walk.currentBelow();
      double rank = below + (walk.referenceHere() + walk.currentHere() + 1) / 2.0;
      ofReference += squares(rank, walk.referenceBelow(), walk.referenceHere());
      ofCurrent += squares(rank, walk.currentBelow(), walk.currentHere());
    }
    return reference.n() * ofReference + current.n() * ofCurrent;
  }

  private static double squares(double rank, int below, int here) {
    double sum = 0;
    for (int place = below + 1; place <= below + here; place++) {
      sum += (rank - place) * (rank - place);
    }
    return sum;
  }

  /// The limit's distribution function: equation 1.2 of S. Csörgő and J. Faraway, "The exact and
  /// asymptotic distributions of Cramér-von Mises statistics" (1996).
  static double cumulative(double x) {
    double sum = 0;
    for (int k = 0; k < 200; k++) {
      double y = 4 * k + 1;
      double q = y * y / (16 * x);
      double size = Gamma.logGamma(k + 0.5) - Gamma.logGamma(k + 1.0) - 2 * q;
      double term =
          Math.exp(size) / (Math.pow(Math.PI, 1.5) * Math.sqrt(x)) * Math.sqrt(y) * scaledBessel(q);
      sum += term;
      if (term < 1e-17) {
        break;
      }
    }
    return sum;
  }

  /// exp(q) K(q) of the modified Bessel function of the second kind and order 1/4: the integral of
  /// exp(-q (cosh t - 1)) cosh(t / 4), by the trapezoid rule, which converges faster than any power
  /// for such functions.
  private static double scaledBessel(double q) {
    double step = 1.0 / 32;
    double sum = 0.5;
    for (int place = 1; ; place++) {
      double t = place * step;
      double half = Math.sinh(t / 2);
      double term = Math.exp(-2 * q * half * half) * Math.cosh(t / 4);
      sum += term;
      if (term < sum * 1e-18) {
        return sum * step;
      }
    }
  }
}
