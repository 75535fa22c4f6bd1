package dev.sightline.promql.eval;

import java.util.Arrays;

/// Aggregations over the samples of a window: the functions that end in `_over_time`.
final class OverTime {
  private OverTime() {}

  static double sum(Window window) {
    CompensatedSum sum = new CompensatedSum();
    double[] values = window.values();
    for (int i = window.from(); i < window.to(); i++) {
      sum.add(values[i]);
    }
    return sum.value();
  }

  static double avg(Window window) {
    double[] values = window.values();
    Mean mean = new Mean();
    for (int i = window.from(); i < window.to(); i++) {
      mean.add(values[i]);
    }
    return mean.value();
  }

  /// The time in seconds of the last of the smallest values.
  static double timeOfMin(Window window) {
    double min = window.first();
    int at = 0;
    for (int i = 1; i < window.size(); i++) {
      if (window.value(i) <= min || Double.isNaN(min)) {
        min = window.value(i);
        at = i;
      }
    }
    return window.timestampMs(at) / 1000.0;
  }

  /// The time in seconds of the last of the largest values.
  static double timeOfMax(Window window) {
    double max = window.first();
    int at = 0;
    for (int i = 1; i < window.size(); i++) {
      if (window.value(i) >= max || Double.isNaN(max)) {
        max = window.value(i);
        at = i;
      }
    }
    return window.timestampMs(at) / 1000.0;
  }

  /// The population variance, by Welford's recurrence.
  static double variance(Window window) {
    CompensatedSum mean = new CompensatedSum();
    CompensatedSum squares = new CompensatedSum();
    double[] values = window.values();
    int count = 0;
    for (int i = window.from(); i < window.to(); i++) {
      count++;
      double distance = values[i] - mean.value();
      mean.add(distance / count);
      squares.add(distance * (values[i] - mean.value()));
    }
    return squares.value() / count;
  }

  static double quantile(Window window, double quantile) {
    double[] sorted = Arrays.copyOfRange(window.values(), window.from(), window.to());
    return Quantiles.of(sorted, sorted.length, quantile);
  }

  /// The median of the distances from the median; NaN if any value is.
  static double medianAbsoluteDeviation(Window window) {
    double[] values = Arrays.copyOfRange(window.values(), window.from(), window.to());
    for (double value : values) {
      if (Double.isNaN(value)) {
        return Double.NaN;
      }
    }
    double median = Quantiles.of(values, values.length, 0.5);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i] - median);
    }
    return Quantiles.of(values, values.length, 0.5);
  }
}
