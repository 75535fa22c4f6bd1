package dev.sightline.stats.distance;

import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.column.TiedWalk;

/// How far values have moved, without bins. With U and V the empirical distribution functions.
public final class ValueDistances {
  /// The least deviation that a distance is divided by, as Evidently.
  private static final double SMALLEST_DEVIATION = 0.001;

  private ValueDistances() {}

  /// The area between U and V: how far rows have to be moved on average (L. Vaserstein, 1969). In
  /// the unit of the feature.
  public static double wasserstein(SortedColumn reference, SortedColumn current) {
    int n = reference.n();
    int m = current.n();
    double perReference = 1.0 / n;
    double perCurrent = 1.0 / m;
    double area = 0;
    int first = 0;
    int second = 0;
    double before = 0;
    // Without a walk of ties: between equal values there is no area.
    while (first < n || second < m) {
      boolean ofReference = second == m || (first < n && reference.at(first) <= current.at(second));
      double value = ofReference ? reference.at(first) : current.at(second);
      area += Math.abs(first * perReference - second * perCurrent) * (value - before);
      before = value;
      first += ofReference ? 1 : 0;
      second += ofReference ? 0 : 1;
    }
    return area;
  }

  /// In standard deviations of the reference, which are taken to be at least 0.001.
  public static double normedWasserstein(SortedColumn reference, SortedColumn current) {
    return wasserstein(reference, current) / Math.max(reference.deviation(), SMALLEST_DEVIATION);
  }

  /// The root of twice the integral of (U - V)²: G. Székely (2002), `scipy.stats.energy_distance`.
  public static double energy(SortedColumn reference, SortedColumn current) {
    double area = 0;
    double before = 0;
    double gap = 0;
    TiedWalk walk = new TiedWalk(reference, current);
    while (walk.next()) {
      area += gap * gap * (walk.value() - before);
      before = walk.value();
      gap =
          (double) (walk.referenceBelow() + walk.referenceHere()) / reference.n()
              - (double) (walk.currentBelow() + walk.currentHere()) / current.n();
    }
    return Math.sqrt(2 * area);
  }
}
