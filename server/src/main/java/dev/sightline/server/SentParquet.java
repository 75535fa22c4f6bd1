package dev.sightline.server;

import dev.sightline.api.models.ParquetTables;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.predictions.ParquetFiles;
import dev.sightline.predictions.engine.EngineException;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.OpenFile;
import dev.sightline.storage.fs.StorageException;
import dev.sightline.wire.serving.JsonDatum;
import dev.sightline.wire.serving.PayloadException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Reads Parquet files that clients send by DuckDB's process. A Parquet file begins at its end, so
/// it lies on disk meanwhile.
final class SentParquet implements ParquetTables {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final FileSystem files;
  private final Path directory;
  private final ParquetFiles engine;
  private final AtomicInteger count = new AtomicInteger();

  /// @param directory a folder that DuckDB may read, for nothing else; what was left in it is
  ///   deleted
  SentParquet(FileSystem files, Path directory, ParquetFiles engine) {
    this.files = files;
    this.directory = directory;
    this.engine = engine;
    files.createDirectories(directory);
    files.list(directory).forEach(files::delete);
  }

  @Override
  public void read(InputStream file, Consumer<Datum.Fields> rows) {
    Path path = directory.resolve("sent-" + count.incrementAndGet() + ".parquet");
    try {
      keep(file, path);
      engine.read(path, PATIENCE, json -> rows.accept(row(json)));
    } catch (StorageException refused) {
      throw new StoreUnavailableException(
          "the file cannot be kept while it is read: " + refused.reason(), refused);
    } catch (EngineException unreadable) {
      throw new UnreadableException("the Parquet file: " + unreadable.getMessage());
    } finally {
      files.delete(path);
    }
  }

  private void keep(InputStream from, Path path) {
    byte[] buffer = new byte[1 << 16];
    try (OpenFile to = files.create(path)) {
      long offset = 0;
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        to.write(ByteBuffer.wrap(buffer, 0, read), offset);
        offset += read;
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Datum.Fields row(String json) {
    try {
      if (JsonDatum.read(json.getBytes(StandardCharsets.UTF_8)) instanceof Datum.Fields row) {
        return row;
      }
      throw new UnreadableException("the Parquet file: a row that is no object");
    } catch (PayloadException beyond) {
      throw new UnreadableException("a row of the Parquet file: " + beyond.getMessage());
    }
  }
}
