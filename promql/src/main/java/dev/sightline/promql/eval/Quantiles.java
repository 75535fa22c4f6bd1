package dev.sightline.promql.eval;

import java.util.Arrays;

/// Quantiles of plain values, interpolated between neighbours; NaN counts as the smallest.
final class Quantiles {
  private Quantiles() {}

  /// @param values of which the first `size` are used and put in order
  /// @param quantile beyond 0 to 1 the result is infinite
  static double of(double[] values, int size, double quantile) {
    if (size == 0 || Double.isNaN(quantile)) {
      return Double.NaN;
    }
    if (quantile < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (quantile > 1) {
      return Double.POSITIVE_INFINITY;
    }
    Arrays.sort(values, 0, size);
    int numbers = size;
    while (numbers > 0 && Double.isNaN(values[numbers - 1])) {
      numbers--;
    }
    double rank = quantile * (size - 1);
    int lower = (int) Math.floor(rank);
    int upper = Math.min(size - 1, lower + 1);
    double weight = rank - lower;
    int nans = size - numbers;
    return at(values, lower - nans) * (1 - weight) + at(values, upper - nans) * weight;
  }

  private static double at(double[] sorted, int index) {
    return index < 0 ? Double.NaN : sorted[index];
  }
}
