package dev.sightline.logql.eval;

import java.util.Arrays;

/// What becomes of the values of a window that are all there.
final class WindowMath {
  private WindowMath() {}

  /// Interpolated between neighbours; beyond 0 to 1 infinite.
  static double quantile(double quantile, double[] values, int from, int to) {
    if (Double.isNaN(quantile)) {
      return Double.NaN;
    }
    if (quantile < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (quantile > 1) {
      return Double.POSITIVE_INFINITY;
    }
    double[] sorted = Arrays.copyOfRange(values, from, to);
    Arrays.sort(sorted);
    double rank = quantile * (sorted.length - 1);
    int lower = (int) Math.floor(rank);
    int upper = Math.min(sorted.length - 1, lower + 1);
    double weight = rank - lower;
    return sorted[lower] * (1 - weight) + sorted[upper] * weight;
  }

  /// The increase per second of a counter that may fall to 0, extrapolated to the window as
  /// Prometheus does.
  ///
  /// @param beginNs of the window; its length is `endNs - beginNs`
  static double counterRate(
      long[] timesNs, double[] values, int from, int to, long beginNs, long endNs) {
    if (to - from < 2) {
      return Absent.VALUE;
    }
    double increase = values[to - 1] - values[from];
    for (int i = from + 1; i < to; i++) {
      increase += values[i] < values[i - 1] ? values[i - 1] : 0;
    }
    double sampled = timesNs[to - 1] - timesNs[from];
    if (sampled == 0) {
      return Absent.VALUE;
    }
    double average = sampled / (to - from - 1);
    double before = timesNs[from] - beginNs;
    double after = endNs - timesNs[to - 1];
    if (increase > 0 && values[from] >= 0) {
      before = Math.min(before, sampled * (values[from] / increase));
    }
    double extrapolated = sampled;
    extrapolated += before < average * 1.1 ? before : average / 2;
    extrapolated += after < average * 1.1 ? after : average / 2;
    return increase * (extrapolated / sampled) / ((endNs - beginNs) / 1e9);
  }
}
