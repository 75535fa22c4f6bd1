package dev.sightline.tsdb.head;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.Counter;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.series.SeriesSink.Reason;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// What the head counts about itself.
record HeadMeters(Counter appended, Counter createdSeries, Map<Reason, Counter> refused) {
  static HeadMeters of(MeterRegistry meters) {
    Map<Reason, Counter> refused = new EnumMap<>(Reason.class);
    for (Reason reason : Reason.values()) {
      refused.put(
          reason,
          meters.counter(
              "sightline_tsdb_samples_refused_total",
              "Samples that were not stored.",
              Labels.of("reason", reason.name().toLowerCase(Locale.ROOT))));
    }
    return new HeadMeters(
        meters.counter(
            "sightline_tsdb_samples_appended_total", "Samples that were stored.", Labels.EMPTY),
        meters.counter(
            "sightline_tsdb_series_created_total", "Series that came new.", Labels.EMPTY),
        refused);
  }

  void count(Refusals refusals, int batchSize) {
    appended.add(batchSize - refusals.count());
    if (refusals.count() > 0) {
      refused.forEach((reason, counter) -> counter.add(refusals.count(reason)));
    }
  }
}
