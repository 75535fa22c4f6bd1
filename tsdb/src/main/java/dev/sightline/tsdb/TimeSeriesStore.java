package dev.sightline.tsdb;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SeriesKeeping;
import dev.sightline.model.series.SeriesSink;
import dev.sightline.model.series.SeriesSource;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.storage.fs.DirectoryLock;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.tsdb.block.BlockSet;
import dev.sightline.tsdb.head.Head;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The store of metrics: a Prometheus data directory that is written and read.
///
/// New samples are in the head, in memory and in the log; older ones in blocks of two hours. Only
/// one process may have a directory open.
public final class TimeSeriesStore implements SeriesSource, SeriesSink, AutoCloseable {
  private static final Duration MAINTENANCE_PERIOD = Duration.ofMinutes(1);

  private final Parts parts;
  private final Head head;
  private final StoreReader reader;
  private final Scheduler.Repeating maintaining;

  /// What a store is made of, in the order in which it was opened.
  record Parts(
      DirectoryLock lock, Head head, BlockSet blocks, StoreReader reader, Keeping keeping) {}

  TimeSeriesStore(Parts parts, Scheduler.Repeating maintaining) {
    this.parts = parts;
    this.head = parts.head;
    this.reader = parts.reader;
    this.maintaining = maintaining;
  }

  /// Opens the store and reads back what its log holds.
  ///
  /// @param directories are made if there are none
  /// @throws dev.sightline.storage.fs.DirectoryInUseException if another process has it open
  /// @throws dev.sightline.storage.fs.StorageException if the disk refuses
  public static TimeSeriesStore open(
      FileSystem files,
      TsdbDirectories directories,
      TsdbOptions options,
      Clock clock,
      Scheduler scheduler,
      MeterRegistry meters) {
    return new StoreOpening(files, directories, options, clock, scheduler, meters).open();
  }

  static Scheduler.Repeating maintain(Scheduler scheduler, Maintenance maintenance) {
    return scheduler.every(
        "maintenance of metrics", MAINTENANCE_PERIOD, MAINTENANCE_PERIOD, maintenance::run);
  }

  /// What looks after the store.
  public SeriesKeeping keeping() {
    return parts.keeping;
  }

  @Override
  public Outcome append(SampleBatch batch, Durability durability) {
    return head.append(batch, durability);
  }

  @Override
  public @Nullable Labels kept(Labels labels) {
    return head.kept(labels);
  }

  @Override
  public Selection select(List<Matcher> matchers, long startMs, long endMs) {
    return reader.select(matchers, startMs, endMs);
  }

  @Override
  public List<Labels> series(List<Matcher> matchers, long startMs, long endMs) {
    return reader.series(matchers, startMs, endMs);
  }

  @Override
  public List<String> labelNames(List<Matcher> matchers, long startMs, long endMs) {
    return reader.labelNames(matchers, startMs, endMs);
  }

  @Override
  public List<String> labelValues(String name, List<Matcher> matchers, long startMs, long endMs) {
    return reader.labelValues(name, matchers, startMs, endMs);
  }

  /// Waits until everything taken is on disk.
  @Override
  public void close() {
    maintaining.close();
    head.close();
    parts.blocks.close();
    parts.lock.close();
  }
}
