package dev.sightline.stats.distance;

import dev.sightline.stats.column.PairedCounts;

/// What becomes of a category that one side does not have, in distances that divide by shares.
public enum Smoothing {
  /// Nothing: for distances that zero does not harm.
  NONE,
  /// An empty category gets half a row, then shares add up to 1 again.
  HALF_ROW,
  /// As Evidently: an empty share becomes 0.0001, or a millionth of the smallest other share where
  /// that is not above 0.0001; nothing is scaled afterwards.
  EVIDENTLY,
  /// As WhyLabs: 1e-7 is added to every share.
  EPSILON;

  private static final double SMALL_SHARE = 0.0001;

  /// Shares of both sides, by category: reference first.
  double[][] shares(PairedCounts counts) {
    return new double[][] {
      shares(counts.reference(), (double) counts.nReference()),
      shares(counts.current(), (double) counts.nCurrent())
    };
  }

  private double[] shares(long[] counts, double n) {
    double[] shares = new double[counts.length];
    double fill = fill(counts, n);
    double sum = 0;
    for (int category = 0; category < counts.length; category++) {
      double share = counts[category] / n;
      shares[category] = this == EPSILON ? share + fill : counts[category] == 0 ? fill : share;
      sum += shares[category];
    }
    if (this == HALF_ROW) {
      for (int category = 0; category < counts.length; category++) {
        shares[category] /= sum;
      }
    }
    return shares;
  }

  private double fill(long[] counts, double n) {
    return switch (this) {
      case NONE -> 0;
      case HALF_ROW -> 0.5 / n;
      case EPSILON -> 1e-7;
      case EVIDENTLY -> {
        double smallest = 1;
        for (long count : counts) {
          smallest = count > 0 ? Math.min(smallest, count / n) : smallest;
        }
        yield smallest <= SMALL_SHARE ? smallest / 1e6 : SMALL_SHARE;
      }
    };
  }
}
