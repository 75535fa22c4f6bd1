package dev.sightline.predictions;

import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.query.SqlQueries;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Scheduler;
import dev.sightline.predictions.engine.Engine;
import dev.sightline.predictions.engine.EngineException;
import dev.sightline.predictions.engine.SqlRequest;
import dev.sightline.predictions.part.PartDirectory;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.StorageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// SQL over the store: what is in Parquet files, what is not yet, and the truths that hold now.
///
/// It has an engine of its own: a statement that must be ended takes no Parquet file with it.
public final class PredictionSql implements SqlQueries, AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration PERIOD = Duration.ofSeconds(30);
  private static final long PATIENCE_MS = 10_000;
  private static final int MOST_CHARACTERS = 64 << 10;
  private static final Position START_OF_TEXT = new Position(0, 0);

  private final FileSystem files;
  private final Path directory;
  private final Path own;
  private final PredictionStore store;
  private final Engine engine;
  private final Scheduler.Repeating idle;
  private final ReentrantLock one = new ReentrantLock(true);

  /// @param directory of the store
  public PredictionSql(
      FileSystem files, Path directory, PredictionStore store, Engine engine, Scheduler scheduler) {
    this.files = files;
    this.directory = directory;
    this.own = directory.resolve("engine/sql");
    this.store = store;
    this.engine = engine;
    files.createDirectories(own);
    files.list(own).forEach(files::delete);
    this.idle = scheduler.every("end of idle SQL", PERIOD, PERIOD, engine::stopIfIdle);
  }

  @Override
  public Outcome select(Question question, Rows into) {
    if (question.sql().length() > MOST_CHARACTERS) {
      throw bad("a statement has at most " + MOST_CHARACTERS + " characters");
    }
    if (!taken()) {
      throw new QueryException.TimedOut(
          "other statements run; one at a time does, and this one has waited for 10 s");
    }
    try {
      return answer(question, into);
    } catch (EngineException failure) {
      throw meaning(failure, question);
    } catch (StorageException refused) {
      throw new StoreUnavailableException(
          "what is in memory cannot be written for SQL: " + refused.reason(), refused);
    } finally {
      one.unlock();
    }
  }

  private boolean taken() {
    try {
      return one.tryLock(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Outcome answer(Question question, Rows into) {
    List<String> names = engine.tables(question.sql(), START);
    PartDirectory parts = new PartDirectory(files, directory.resolve("parts"));
    SqlSources sources = store.sqlSources(parts, own);
    try {
      SqlRequest request =
          new SqlRequest(
              question.sql(),
              question.maxRows(),
              question.maxBytes(),
              question.timeout(),
              sources.oldestMs(),
              sources.tables(names));
      Truncation truncation = engine.select(request, question.isWanted(), into);
      return new Outcome(truncation, sources.unread());
    } finally {
      sources.delete();
      if (sources.isMemoryUnread()) {
        Thread.ofVirtual().name("cut for SQL").start(store::cut); // so that a later one reads them
      }
    }
  }

  private static QueryException meaning(EngineException failure, Question question) {
    String message = String.valueOf(failure.getMessage());
    return switch (failure.reason()) {
      case REFUSED -> bad(message);
      case TIMED_OUT ->
          new QueryException.TimedOut(
              "the statement was ended after its " + question.timeout().toMillis() + " ms");
      case OUT_OF_MEMORY ->
          new QueryException.LimitExceeded(
              "the statement needs more memory than the engine may take: " + message);
      case UNWANTED -> new QueryException.Canceled(message);
      case BROKEN -> new QueryException.Failed("SQL is not answered: " + message);
    };
  }

  private static QueryException bad(String message) {
    return new QueryException.BadQuery(START_OF_TEXT, message);
  }

  @Override
  public void close() {
    engine.close();
    idle.close();
  }
}
