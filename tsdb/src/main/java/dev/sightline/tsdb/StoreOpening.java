package dev.sightline.tsdb;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.storage.fs.DirectoryLock;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.StorageException;
import dev.sightline.storage.wal.LogOptions;
import dev.sightline.storage.wal.WriteAheadLog;
import dev.sightline.tsdb.block.Block;
import dev.sightline.tsdb.block.BlockSet;
import dev.sightline.tsdb.block.DirectoryRemoval;
import dev.sightline.tsdb.head.Checkpoint;
import dev.sightline.tsdb.head.Head;
import dev.sightline.tsdb.head.HeadLog;
import dev.sightline.tsdb.head.HeadReplay;
import dev.sightline.tsdb.head.LogShortening;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/// The start of a store: lock, blocks, log, head, in this order. What was opened is closed again if
/// a later part fails.
record StoreOpening(
    FileSystem files,
    TsdbDirectories directories,
    TsdbOptions options,
    Clock clock,
    Scheduler scheduler,
    MeterRegistry meters) {

  TimeSeriesStore open() {
    Deque<Runnable> undo = new ArrayDeque<>();
    try {
      return open(undo);
    } catch (RuntimeException failure) {
      undo.forEach(Runnable::run);
      throw failure;
    }
  }

  private TimeSeriesStore open(Deque<Runnable> undo) {
    files.createDirectories(directories.metrics());
    DirectoryLock lock = files.lock(directories.metrics());
    undo.push(lock::close);
    new DirectoryRemoval(files).sweep(directories.metrics());
    new DirectoryRemoval(files).sweep(directories.log());
    BlockSet blocks = BlockSet.open(files, directories.metrics(), directories.quarantine());
    undo.push(blocks::close);
    HeadReplay.State state =
        HeadReplay.run(files, directories.log(), directories.seriesLog(), blocks.endMs());
    WriteAheadLog all = openLog(directories.log(), "metrics");
    undo.push(all::close);
    WriteAheadLog series = openLog(directories.seriesLog(), "metrics-series");
    undo.push(series::close);
    Head head = new Head(state, new HeadLog(all, series), options.headLimits(), clock, meters);
    addMeters(blocks, state);
    StoreReader reader = new StoreReader(head, blocks, options.series().inSelection());
    Maintenance maintenance = maintenance(head, blocks, state);
    Keeping keeping = new Keeping(files, directories, head, blocks, maintenance, clock);
    return new TimeSeriesStore(
        new TimeSeriesStore.Parts(lock, head, blocks, reader, keeping),
        TimeSeriesStore.maintain(scheduler, maintenance));
  }

  private WriteAheadLog openLog(Path directory, String name) {
    LogOptions logOptions =
        LogOptions.named(name).withSnappy().withFileBytes(options.logFileBytes());
    return WriteAheadLog.open(files, directory, logOptions, clock, scheduler, meters);
  }

  private Maintenance maintenance(Head head, BlockSet blocks, HeadReplay.State state) {
    Checkpoint checkpoint =
        new Checkpoint(
            files, directories.log(), directory -> openLog(directory, "metrics-checkpoint"));
    return new Maintenance(
        files,
        directories.metrics(),
        head,
        blocks,
        new LogShortening(head, checkpoint, state.aliases()),
        options,
        clock);
  }

  private void addMeters(BlockSet blocks, HeadReplay.State state) {
    meters
        .counter(
            "sightline_tsdb_log_damages_total",
            "Spots of the log that could not be read at the start.",
            Labels.EMPTY)
        .add(state.damages());
    meters
        .counter(
            "sightline_tsdb_blocks_quarantined_total",
            "Damaged blocks that were moved away at the start.",
            Labels.EMPTY)
        .add(blocks.quarantined());
    meters.gauge(
        "sightline_tsdb_blocks", "Blocks on disk.", Labels.EMPTY, () -> blocks.all().size());
    meters.gauge(
        "sightline_tsdb_damaged_chunks",
        "Chunks of open blocks that could not be read.",
        Labels.EMPTY,
        () -> blocks.all().stream().mapToLong(Block::damagedChunks).sum());
    meters.gauge(
        "sightline_tsdb_wal_bytes", "Size of the log on disk.", Labels.EMPTY, this::logBytes);
  }

  private double logBytes() {
    try {
      return files.list(directories.log()).stream()
          .filter(path -> path.getFileName().toString().matches("\\d+"))
          .mapToLong(files::sizeBytes)
          .sum();
    } catch (StorageException _) {
      // a file has gone between the two calls, or the disk refuses: no number now
      return Double.NaN;
    }
  }
}
