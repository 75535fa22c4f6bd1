package dev.sightline.promql.eval;

import dev.sightline.model.histogram.HistogramSum;
import dev.sightline.model.histogram.NativeHistogram;

/// The sum or the average of histograms, as [Mean] has it for floats.
final class HistogramMean {
  private final boolean average;
  private final HistogramSum sum;
  private boolean moving;
  private long count = 1;

  HistogramMean(boolean average, NativeHistogram first) {
    this.average = average;
    this.sum = new HistogramSum(first);
  }

  /// @return whether it could be added: exponential and custom buckets do not mix
  boolean add(NativeHistogram histogram) {
    if (!sum.accepts(histogram)) {
      return false;
    }
    count++;
    if (average && !moving && sum.couldOverflow(histogram)) {
      moving = true;
      sum.scale(1.0 / (count - 1));
    }
    if (moving) {
      sum.scale((double) (count - 1) / count);
    }
    sum.add(moving ? histogram.dividedBy((double) count) : histogram);
    return true;
  }

  boolean hintsConflict() {
    return sum.hintsConflict();
  }

  boolean boundsReconciled() {
    return sum.boundsReconciled();
  }

  NativeHistogram value() {
    NativeHistogram result = sum.result();
    return average && !moving ? result.dividedBy((double) count) : result;
  }
}
