package dev.sightline.model.series;

import dev.sightline.model.histogram.HistogramBucket;
import dev.sightline.model.histogram.NativeHistogram;

/// Writes histograms as Prometheus's own programs do.
public final class HistogramText {
  private HistogramText() {}

  /// `{count:3, sum:4.5, (1,2]:3}`, without empty buckets.
  public static String of(NativeHistogram histogram) {
    StringBuilder text = new StringBuilder("{count:").append(ValueText.of(histogram.count()));
    text.append(", sum:").append(ValueText.of(histogram.sum()));
    for (HistogramBucket bucket : histogram.buckets()) {
      if (bucket.count() != 0) {
        text.append(", ")
            .append(bucket.lowerInclusive() ? '[' : '(')
            .append(ValueText.of(bucket.lower()))
            .append(',')
            .append(ValueText.of(bucket.upper()))
            .append(bucket.upperInclusive() ? "]:" : "):")
            .append(ValueText.of(bucket.count()));
      }
    }
    return text.append('}').toString();
  }
}
