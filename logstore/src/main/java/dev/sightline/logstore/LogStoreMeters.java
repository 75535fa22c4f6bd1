package dev.sightline.logstore;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.Counter;
import dev.sightline.model.meter.MeterRegistry;
import java.util.function.DoubleSupplier;

/// The numbers that the store of logs keeps about itself.
final class LogStoreMeters {
  private final MeterRegistry registry;
  private final Counter stored;
  private final Counter repeated;
  private final Counter refused;
  private final Counter storedBytes;

  LogStoreMeters(MeterRegistry registry) {
    this.registry = registry;
    this.stored = lines("stored");
    this.repeated = lines("repeated");
    this.refused = lines("refused");
    this.storedBytes =
        counter("sightline_logs_line_bytes_total", "Bytes of lines stored or repeated.");
  }

  private Counter lines(String result) {
    return registry.counter(
        "sightline_logs_lines_total",
        "Lines given to the store, by what became of them.",
        Labels.of("result", result));
  }

  private Counter counter(String name, String help) {
    return registry.counter(name, help, Labels.EMPTY);
  }

  void gauge(String name, String help, DoubleSupplier value) {
    registry.gauge(name, help, Labels.EMPTY, value);
  }

  /// @param fresh how many of the accepted lines were not there before
  void count(Admission admission, int fresh, int refusedCount) {
    stored.add(fresh);
    repeated.add(admission.acceptedCount() - fresh);
    refused.add(refusedCount);
    storedBytes.add(admission.acceptedBytes());
  }
}
