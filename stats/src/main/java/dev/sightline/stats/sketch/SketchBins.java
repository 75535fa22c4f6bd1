package dev.sightline.stats.sketch;

import dev.sightline.stats.column.Bins;
import dev.sightline.stats.column.PairedCounts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.datasketches.quantilescommon.DoublesSortedView;

/// Counts by bin or category from sketches, where rows would be counted one by one. Exact while the
/// sketches still hold every row.
public final class SketchBins {
  private SketchBins() {}

  /// Each pair of neighbouring edges is a bin; what lies outside of all is left out.
  public static PairedCounts counts(NumberSketch reference, NumberSketch current, double[] edges) {
    return new PairedCounts(counts(reference, edges), counts(current, edges));
  }

  /// A bin holds its lower edge, the last one its upper edge too.
  public static long[] counts(NumberSketch sketch, double[] edges) {
    DoublesSortedView view = sketch.quantiles().getSortedView();
    double[] values = view.getQuantiles();
    long[] upTo = view.getCumulativeWeights();
    int bins = edges.length - 1;
    long[] counts = new long[bins];
    int place = 0;
    long before = 0;
    for (int edge = 0; edge <= bins; edge++) {
      while (place < values.length
          && (values[place] < edges[edge] || (edge == bins && values[place] == edges[edge]))) {
        place++;
      }
      long below = place == 0 ? 0 : upTo[place - 1];
      if (edge > 0) {
        counts[edge - 1] = below - before;
      }
      before = below;
    }
    return counts;
  }

  /// Doane's rule on one sketch.
  public static double[] doane(NumberSketch sketch) {
    DoublesSortedView view = sketch.quantiles().getSortedView();
    double[] values = view.getQuantiles();
    long[] upTo = view.getCumulativeWeights();
    double cubes = 0;
    for (int place = 0; place < values.length; place++) {
      double off = (values[place] - sketch.mean()) / sketch.deviation();
      cubes += off * off * off * (upTo[place] - (place == 0 ? 0 : upTo[place - 1]));
    }
    double skewness = cubes / sketch.n();
    return Bins.doane(sketch.min(), sketch.max(), sketch.n(), sketch.deviation(), skewness);
  }

  /// Edges at quantiles of a sketch, equal ones once, the outermost at infinity.
  public static double[] quantiles(NumberSketch sketch, int bins) {
    double[] edges = new double[bins + 1];
    edges[0] = Double.NEGATIVE_INFINITY;
    int count = 1;
    for (int edge = 1; edge < bins; edge++) {
      double value = sketch.quantile((double) edge / bins);
      if (value > edges[count - 1]) {
        edges[count++] = value;
      }
    }
    edges[count++] = Double.POSITIVE_INFINITY;
    return Arrays.copyOf(edges, count);
  }

  /// The frequent texts of either side, and one category for all others.
  public static PairedCounts categories(TextSketch reference, TextSketch current) {
    Map<String, long[]> counts = new LinkedHashMap<>();
    count(reference, 0, counts);
    count(current, 1, counts);
    long[] first = new long[counts.size() + 1];
    long[] second = new long[counts.size() + 1];
    int category = 0;
    for (long[] pair : counts.values()) {
      first[category] = pair[0];
      second[category++] = pair[1];
    }
    first[category] = rest(reference.n(), first);
    second[category] = rest(current.n(), second);
    return new PairedCounts(first, second).occurring();
  }

  private static void count(TextSketch sketch, int side, Map<String, long[]> into) {
    Map<String, Long> seen = new HashMap<>();
    for (TextSketch.Item item : sketch.frequent()) {
      seen.put(item.text(), item.count());
    }
    seen.forEach((text, count) -> into.computeIfAbsent(text, _ -> new long[2])[side] = count);
  }

  private static long rest(long n, long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    // Counts of frequent texts are estimates, which may add up to a little more than all.
    return Math.max(0, n - sum);
  }
}
