package dev.sightline.server.cli;

import dev.sightline.api.sql.SqlApi;
import dev.sightline.api.sql.SqlFormat;
import dev.sightline.api.sql.SqlTable;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.query.SqlQueries.Outcome;
import dev.sightline.model.query.SqlQueries.Question;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Scheduler;
import dev.sightline.model.time.SystemClock;
import dev.sightline.predictions.PredictionSql;
import dev.sightline.predictions.PredictionStore;
import dev.sightline.predictions.PredictionStoreOptions;
import dev.sightline.predictions.engine.Engine;
import dev.sightline.server.cli.QueryCommand.NoAnswerException;
import dev.sightline.storage.fs.DirectoryInUseException;
import dev.sightline.storage.fs.DirectoryLock;
import dev.sightline.storage.fs.DiskFileSystem;
import dev.sightline.storage.fs.StorageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Asks the predictions of a data directory that no server uses. Nothing in it expires meanwhile,
/// and nothing moves.
record LocalSql(Path data) {
  private static final Duration NEVER = Duration.ofDays(36_500);

  /// @throws NoAnswerException if there is none
  Outcome select(String sql, int limit, Duration timeout, SqlFormat format, PrintStream out)
      throws IOException {
    Path directory = data.resolve("predictions");
    if (!Files.isDirectory(directory)) {
      throw new NoAnswerException(data + " has no predictions");
    }
    SqlTable table = new SqlTable();
    Outcome outcome;
    try (DirectoryLock _ = new DiskFileSystem().lock(data)) {
      outcome =
          select(
              directory, new Question(sql, limit, SqlApi.MOST_BYTES, timeout, () -> true), table);
    } catch (DirectoryInUseException used) {
      throw new NoAnswerException(used.getMessage() + "; ask the server that uses it by --url");
    } catch (StorageException | StoreUnavailableException | QueryException failure) {
      throw new NoAnswerException(String.valueOf(failure.getMessage()));
    }
    format.write(table, outcome, out);
    return outcome;
  }

  private static Outcome select(Path directory, Question question, SqlTable into) {
    DiskFileSystem files = new DiskFileSystem();
    SystemClock clock = new SystemClock();
    Scheduler never = (_, _, _, _) -> () -> {};
    PredictionStoreOptions options = PredictionStoreOptions.DEFAULT.withRetention(NEVER);
    Engine engine =
        new Engine(directory.resolve("engine"), "sql", Engine.Limits.besideThisProcess(), clock);
    try (PredictionStore store =
            PredictionStore.open(files, directory, options, clock, never, new MeterRegistry());
        PredictionSql queries = new PredictionSql(files, directory, store, engine, never)) {
      return queries.select(question, into);
    }
  }
}
