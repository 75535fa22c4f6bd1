package dev.sightline.stats.column;

import java.util.Arrays;

/// Edges of histogram bins, by NumPy's rules, and counts between them. A bin holds its lower edge;
/// the last one its upper edge too.
public final class Bins {
  private Bins() {}

  /// H. Sturges, "The choice of a class interval" (1926): log2(n) + 1 bins of equal width.
  ///
  /// @param n how many values lie between `min` and `max`
  public static double[] sturges(double min, double max, long n) {
    double width = (max - min) / (Math.log((double) n) / Math.log(2) + 1);
    return ofWidth(min, max, width);
  }

  /// D. Doane, "Aesthetic frequency classifications" (1976): Sturges's rule with more bins for
  /// skewed values.
  public static double[] doane(SortedColumn column) {
    double cubes = 0;
    for (double value : column.values()) {
      double off = (value - column.mean()) / column.deviation();
      cubes += off * off * off;
    }
    double deviation = column.deviation();
    return doane(column.min(), column.max(), column.n(), deviation, cubes / column.n());
  }

  /// The same from what a sketch knows.
  ///
  /// @param skewness the mean cube of standardised values
  public static double[] doane(double min, double max, long n, double deviation, double skewness) {
    double width = 0;
    if (n > 2 && deviation > 0) {
      double size = n;
      double error = Math.sqrt(6 * (size - 2) / ((size + 1) * (size + 3)));
      double bins =
          1 + Math.log(size) / Math.log(2) + Math.log(1 + Math.abs(skewness) / error) / Math.log(2);
      width = (max - min) / bins;
    }
    return ofWidth(min, max, width);
  }

  public static double[] equalWidth(double min, double max, int bins) {
    double low = min == max ? min - 0.5 : min;
    double high = min == max ? max + 0.5 : max;
    double step = (high - low) / bins;
    double[] edges = new double[bins + 1];
    for (int edge = 0; edge <= bins; edge++) {
      edges[edge] = edge * step + low;
    }
    edges[bins] = high;
    return edges;
  }

  /// Edges at quantiles of a column, equal ones once, the outermost at infinity: every value has a
  /// bin.
  public static double[] quantiles(SortedColumn column, int bins) {
    double[] edges = new double[bins + 1];
    edges[0] = Double.NEGATIVE_INFINITY;
    int count = 1;
    for (int edge = 1; edge < bins; edge++) {
      double value = column.quantile((double) edge / bins);
      if (value > edges[count - 1]) {
        edges[count++] = value;
      }
    }
    edges[count++] = Double.POSITIVE_INFINITY;
    return Arrays.copyOf(edges, count);
  }

  public static long[] counts(SortedColumn column, double[] edges) {
    int bins = edges.length - 1;
    long[] counts = new long[bins];
    long before = column.countBelow(edges[0]);
    for (int bin = 0; bin < bins; bin++) {
      long upTo =
          bin == bins - 1 ? column.countUpTo(edges[bins]) : column.countBelow(edges[bin + 1]);
      counts[bin] = upTo - before;
      before = upTo;
    }
    return counts;
  }

  private static double[] ofWidth(double min, double max, double width) {
    int bins = width > 0 ? (int) Math.ceil((max - min) / width) : 1;
    return equalWidth(min, max, Math.max(1, bins));
  }
}
