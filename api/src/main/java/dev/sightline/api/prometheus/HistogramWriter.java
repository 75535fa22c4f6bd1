package dev.sightline.api.prometheus;

import dev.sightline.api.json.JsonWriter;
import dev.sightline.model.histogram.HistogramBucket;
import dev.sightline.model.histogram.NativeHistogram;

/// Writes native histograms as Prometheus's API does: counts and bounds as texts, empty buckets
/// left out.
///
/// The first member of a bucket says which bounds belong to it: 0 the upper, 1 the lower, 2 none, 3
/// both.
final class HistogramWriter {
  private HistogramWriter() {}

  /// A pair of time and histogram.
  static void point(JsonWriter json, long timestampMs, NativeHistogram histogram) {
    json.beginArray().seconds(timestampMs).beginObject();
    json.name("count").quotedNumber(histogram.count());
    json.name("sum").quotedNumber(histogram.sum());
    boolean any = false;
    for (HistogramBucket bucket : histogram.buckets()) {
      if (bucket.count() == 0) {
        continue;
      }
      if (!any) {
        json.name("buckets").beginArray();
        any = true;
      }
      json.beginArray()
          .value(bounds(bucket))
          .quotedNumber(bucket.lower())
          .quotedNumber(bucket.upper())
          .quotedNumber(bucket.count())
          .endArray();
    }
    if (any) {
      json.endArray();
    }
    json.endObject().endArray();
  }

  private static long bounds(HistogramBucket bucket) {
    if (bucket.lowerInclusive()) {
      return bucket.upperInclusive() ? 3 : 1;
    }
    return bucket.upperInclusive() ? 0 : 2;
  }
}
