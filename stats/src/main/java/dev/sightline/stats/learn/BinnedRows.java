package dev.sightline.stats.learn;

import java.util.Arrays;

/// Rows of features, each value as the number of its bin: at most 255 bins of about equally many
/// rows, and one for values that are missing.
public final class BinnedRows {
  static final int MOST_BINS = 255;

  /// The bin of NaN.
  static final int MISSING = 255;

  private static final int SAMPLE = 50_000;

  private final double[][] edges;
  private final byte[][] bins;
  private final int n;

  private BinnedRows(double[][] edges, byte[][] bins, int n) {
    this.edges = edges;
    this.bins = bins;
    this.n = n;
  }

  /// @param features by feature, then by row; NaN is missing
  public static BinnedRows of(double[][] features) {
    double[][] edges = new double[features.length][];
    for (int feature = 0; feature < features.length; feature++) {
      edges[feature] = edges(features[feature]);
    }
    return bin(features, edges);
  }

  /// Other rows of the same features, in the same bins.
  public BinnedRows others(double[][] features) {
    return bin(features, edges);
  }

  private static BinnedRows bin(double[][] features, double[][] edges) {
    int n = features.length == 0 ? 0 : features[0].length;
    byte[][] bins = new byte[features.length][n];
    for (int feature = 0; feature < features.length; feature++) {
      for (int row = 0; row < n; row++) {
        double value = features[feature][row];
        int place = Double.isNaN(value) ? MISSING : binOf(edges[feature], value);
        bins[feature][row] = (byte) place;
      }
    }
    return new BinnedRows(edges, bins, n);
  }

  /// How many edges are below the value.
  private static int binOf(double[] edges, double value) {
    int from = 0;
    int to = edges.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (edges[middle] < value) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /// Values after which a new bin begins: all distinct ones but the last where there are few, else
  /// quantiles of a part of the rows.
  private static double[] edges(double[] values) {
    int step = Math.max(1, values.length / SAMPLE);
    double[] some = new double[(values.length + step - 1) / step];
    int count = 0;
    for (int row = 0; row < values.length; row += step) {
      if (!Double.isNaN(values[row])) {
        some[count++] = values[row] + 0.0;
      }
    }
    double[] sorted = Arrays.copyOf(some, count);
    Arrays.sort(sorted);
    double[] distinct = Arrays.stream(sorted).distinct().toArray();
    if (distinct.length <= MOST_BINS) {
      return Arrays.copyOf(distinct, Math.max(0, distinct.length - 1));
    }
    double[] edges = new double[MOST_BINS - 1];
    int kept = 0;
    for (int edge = 1; edge < MOST_BINS; edge++) {
      double value = sorted[(int) ((long) edge * (count - 1) / MOST_BINS)];
      if (kept == 0 || value > edges[kept - 1]) {
        edges[kept++] = value;
      }
    }
    return Arrays.copyOf(edges, kept);
  }

  public int n() {
    return n;
  }

  public int features() {
    return bins.length;
  }

  /// Of all rows; the caller does not change them.
  byte[] bins(int feature) {
    return bins[feature];
  }

  int bin(int feature, int row) {
    return bins[feature][row] & 0xFF;
  }
}
