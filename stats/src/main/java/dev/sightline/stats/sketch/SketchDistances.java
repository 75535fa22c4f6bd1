package dev.sightline.stats.sketch;

import dev.sightline.stats.column.PairedCounts;
import dev.sightline.stats.distance.CountDistances;
import dev.sightline.stats.distance.Smoothing;
import java.util.Arrays;
import org.apache.datasketches.quantilescommon.DoublesSortedView;

/// The distances that need no rows: between two sketches of one feature.
public final class SketchDistances {
  private static final int DECILES = 10;

  private SketchDistances() {}

  /// How far a distance of distribution functions may be from that of the rows: both sketches' rank
  /// errors.
  public static double error(NumberSketch reference, NumberSketch current) {
    return reference.rankError() + current.rankError();
  }

  /// Kolmogorov-Smirnov's statistic, within [#error].
  public static double kolmogorovSmirnov(NumberSketch reference, NumberSketch current) {
    Steps steps = new Steps(reference, current);
    double largest = 0;
    while (steps.next()) {
      largest = Math.max(largest, steps.gap());
    }
    return largest;
  }

  /// The area between both distribution functions; off by at most [#error] times the range.
  public static double wasserstein(NumberSketch reference, NumberSketch current) {
    Steps steps = new Steps(reference, current);
    double area = 0;
    double before = 0;
    double gap = 0;
    while (steps.next()) {
      area += gap * (steps.value() - before);
      before = steps.value();
      gap = steps.gap();
    }
    return area;
  }

  /// The root of twice the integral of the squared difference of both distribution functions.
  public static double energy(NumberSketch reference, NumberSketch current) {
    Steps steps = new Steps(reference, current);
    double area = 0;
    double before = 0;
    double gap = 0;
    while (steps.next()) {
      area += gap * gap * (steps.value() - before);
      before = steps.value();
      gap = steps.gap();
    }
    return Math.sqrt(2 * area);
  }

  /// In standard deviations of the reference, as Evidently.
  public static double normedWasserstein(NumberSketch reference, NumberSketch current) {
    return wasserstein(reference, current) / Math.max(reference.deviation(), 0.001);
  }

  /// Over deciles of the reference; empty cells half a row. Each share is off by at most twice its
  /// sketch's rank error.
  public static double populationStability(NumberSketch reference, NumberSketch current) {
    return CountDistances.populationStability(deciles(reference, current), Smoothing.HALF_ROW);
  }

  /// Over deciles of the reference.
  ///
  /// @param base of the logarithm
  public static double jensenShannon(NumberSketch reference, NumberSketch current, double base) {
    return CountDistances.jensenShannon(deciles(reference, current), base);
  }

  private static PairedCounts deciles(NumberSketch reference, NumberSketch current) {
    double[] edges = new double[DECILES - 1];
    int count = 0;
    for (int edge = 1; edge < DECILES; edge++) {
      double value = reference.quantile((double) edge / DECILES);
      if (count == 0 || value > edges[count - 1]) {
        edges[count++] = value;
      }
    }
    double[] points = Arrays.copyOf(edges, count);
    return new PairedCounts(counts(reference, points), counts(current, points));
  }

  private static long[] counts(NumberSketch sketch, double[] points) {
    double[] shares = sketch.sharesUpTo(points);
    long[] counts = new long[points.length + 1];
    long before = 0;
    for (int bin = 0; bin < points.length; bin++) {
      long upTo = Math.round(shares[bin] * sketch.n());
      counts[bin] = upTo - before;
      before = upTo;
    }
    counts[points.length] = sketch.n() - before;
    return counts;
  }

  /// Visits the values that both sketches kept, rising, with the distance of distributions there.
  private static final class Steps {
    private final double[][] values = new double[2][];
    private final long[][] weights = new long[2][];
    private final int[] seen = new int[2];
    private double value;

    Steps(NumberSketch reference, NumberSketch current) {
      DoublesSortedView[] views = {
        reference.quantiles().getSortedView(), current.quantiles().getSortedView()
      };
      for (int side = 0; side < 2; side++) {
        values[side] = views[side].getQuantiles();
        weights[side] = views[side].getCumulativeWeights();
      }
    }

    boolean next() {
      boolean firstLeft = seen[0] < values[0].length;
      boolean secondLeft = seen[1] < values[1].length;
      if (!firstLeft && !secondLeft) {
        return false;
      }
      value =
          !firstLeft
              ? values[1][seen[1]]
              : !secondLeft ? values[0][seen[0]] : Math.min(values[0][seen[0]], values[1][seen[1]]);
      for (int side = 0; side < 2; side++) {
        while (seen[side] < values[side].length && values[side][seen[side]] == value) {
          seen[side]++;
        }
      }
      return true;
    }

    double value() {
      return value;
    }

    double gap() {
      return Math.abs(share(0) - share(1));
    }

    private double share(int side) {
      long all = weights[side][weights[side].length - 1];
      return seen[side] == 0 ? 0 : (double) weights[side][seen[side] - 1] / all;
    }
  }
}
