package dev.sightline.storage.wal;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.Counter;
import dev.sightline.model.meter.Histogram;
import dev.sightline.model.meter.MeterRegistry;
import java.util.List;

/// What a log counts about itself.
record LogMeters(Counter writtenBytes, Counter failures, Histogram syncSeconds) {
  private static final List<Double> SYNC_BOUNDS =
      List.of(0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 5.0);

  static LogMeters of(MeterRegistry meters, String name) {
    Labels labels = Labels.of("log", name);
    return new LogMeters(
        meters.counter(
            "sightline_wal_written_bytes_total",
            "Bytes written to the log, headers included.",
            labels),
        meters.counter(
            "sightline_wal_failures_total", "Writes and syncs of the log that failed.", labels),
        meters.histogram(
            "sightline_wal_sync_duration_seconds",
            "How long the disk took to make the log safe.",
            SYNC_BOUNDS,
            labels));
  }
}
