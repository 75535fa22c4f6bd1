package dev.sightline.predictions;

import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.predictions.engine.Engine;
import dev.sightline.predictions.engine.EngineException;
import dev.sightline.predictions.part.PartDirectory;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.OpenFile;
import dev.sightline.storage.fs.StorageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a Parquet file beside each part, for other programs and for [PredictionSql]. They are
/// copies: where they cannot be made, nothing else suffers.
public final class ParquetFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ParquetFiles.class);
  private static final Duration PERIOD = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofHours(1);

  private final FileSystem files;
  private final PredictionStore store;
  private final PartDirectory directory;
  private final Engine engine;
  private final Clock clock;
  private final Scheduler.Repeating making;
  private long pausedUntilNs;

  /// @param directory of the store
  public ParquetFiles(
      FileSystem files,
      Path directory,
      PredictionStore store,
      Engine engine,
      Clock clock,
      Scheduler scheduler) {
    this.files = files;
    this.store = store;
    this.directory = new PartDirectory(files, directory.resolve("parts"));
    this.engine = engine;
    this.clock = clock;
    this.pausedUntilNs = clock.monotonicNs();
    this.making = scheduler.every("Parquet files of predictions", PERIOD, PERIOD, this::make);
  }

  /// Makes those that are missing.
  public synchronized void make() {
    if (clock.monotonicNs() - pausedUntilNs >= 0) {
      try {
        store.partNumbers().forEach(this::makeIfMissing);
      } catch (EngineException | StorageException failure) {
        pausedUntilNs = clock.monotonicNs() + PAUSE.toNanos();
        LOG.warn("no Parquet files are made for an hour: {}", failure.getMessage());
      }
    }
    engine.stopIfIdle();
  }

  /// Reads a Parquet file that somebody sent; it lies below the directory of the store.
  ///
  /// @param rows told of each row as JSON, an object with all columns; times are RFC 3339
  /// @return how many rows there were
  /// @throws EngineException if it cannot be read, or not to its end
  public long read(Path file, Duration patience, Consumer<String> rows) {
    return engine.readParquet(file, patience, rows);
  }

  private void makeIfMissing(int number) {
    Path parquet = directory.file(number, PartDirectory.PARQUET);
    if (files.exists(parquet)) {
      return;
    }
    Path fresh = parquet.resolveSibling(parquet.getFileName() + ".tmp");
    files.delete(fresh);
    engine.writeParquet(directory.file(number, PartDirectory.ROWS), fresh, PATIENCE);
    try (OpenFile file = files.openForWriting(fresh)) {
      file.sync();
    }
    files.rename(fresh, parquet);
    files.syncDirectory(directory.path());
    if (!store.partNumbers().contains(number)) {
      files.delete(parquet); // its part was replaced meanwhile
    }
  }

  @Override
  public void close() {
    engine.close();
    making.close();
  }
}
