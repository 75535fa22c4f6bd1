package dev.sightline.logstore;

import dev.sightline.logstore.block.Block;
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
  private final Counter damage;

  LogStoreMeters(MeterRegistry registry) {
    this.registry = registry;
    this.stored = lines("stored");
    this.repeated = lines("repeated");
    this.refused = lines("refused");
    this.storedBytes =
        counter("sightline_logs_line_bytes_total", "Bytes of lines stored or repeated.");
    this.damage =
        counter("sightline_logs_damage_total", "Blocks and parts of blocks that cannot be read.");
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

  private void gauge(String name, String help, DoubleSupplier value) {
    registry.gauge(name, help, Labels.EMPTY, value);
  }

  void watch(PartsHolder parts) {
    gauge(
        "sightline_logs_head_bytes",
        "Memory taken by lines in no block yet.",
        () -> parts.now().headBytes());
    gauge(
        "sightline_logs_head_streams",
        "Streams with lines in no block yet.",
        () -> parts.now().active().streamCount());
    gauge("sightline_logs_blocks", "Blocks on disk.", () -> parts.now().blocks().size());
    gauge(
        "sightline_logs_block_bytes",
        "Bytes of the blocks on disk.",
        () -> parts.now().blocks().stream().mapToLong(Block::sizeBytes).sum());
    gauge(
        "sightline_logs_block_line_bytes",
        "Bytes of the lines in the blocks.",
        () -> parts.now().blocks().stream().mapToLong(block -> block.summary().lineBytes()).sum());
  }

  /// Something on disk could not be read.
  void damage() {
    damage.increment();
  }

  /// @param fresh how many of the accepted lines were not there before
  void count(Admission admission, int fresh, int refusedCount) {
    stored.add(fresh);
    repeated.add(admission.acceptedCount() - fresh);
    refused.add(refusedCount);
    storedBytes.add(admission.acceptedBytes());
  }
}
