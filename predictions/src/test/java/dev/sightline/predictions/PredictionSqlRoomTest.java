package dev.sightline.predictions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.query.SqlQueries;
import dev.sightline.model.query.SqlQueries.Column;
import dev.sightline.model.query.SqlQueries.Outcome;
import dev.sightline.model.query.SqlQueries.Question;
import dev.sightline.model.query.SqlQueries.Truncation;
import dev.sightline.model.time.SystemClock;
import dev.sightline.predictions.engine.Engine;
import dev.sightline.storage.fs.DiskFileSystem;
import dev.sightline.testkit.FakeClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// More rows in memory than a statement reads there.
class PredictionSqlRoomTest {
  private static final long NOW_MS = 1_750_000_000_000L;
  private static final int BATCH = 10_000;

  @TempDir Path directory;
  private final FakeClock clock = new FakeClock(NOW_MS);
  private final DiskFileSystem files = new DiskFileSystem();

  private Engine engine(String name) {
    return new Engine(
        directory.resolve("engine"), name, new Engine.Limits(256, 2), new SystemClock());
  }

  private static Prediction prediction(int number) {
    return new Prediction(
        "p" + number,
        "m",
        "1",
        NOW_MS - number,
        Map.of(),
        new Datum.Text("yes"),
        0.75,
        Map.of(),
        null,
        Map.of());
  }

  @Test
  @Timeout(300)
  void theOldestAreLeftOutAndSaidAndGoToFilesForTheNextStatement() {
    int rows = SqlSources.MOST_FRESH_ROWS + 7;
    try (PredictionStore store =
            PredictionStore.open(
                files,
                directory,
                PredictionStoreOptions.DEFAULT,
                clock,
                clock,
                new MeterRegistry());
        ParquetFiles parquet =
            new ParquetFiles(files, directory, store, engine("files"), clock, clock);
        PredictionSql sql = new PredictionSql(files, directory, store, engine("sql"), clock)) {
      for (int first = 0; first < rows; first += BATCH) {
        store.store(
            IntStream.range(first, Math.min(rows, first + BATCH))
                .mapToObj(PredictionSqlRoomTest::prediction)
                .toList());
      }
      Answer few = ask(sql);
      assertThat(few.outcome).isEqualTo(new Outcome(Truncation.NONE, 7));
      assertThat(few.row)
          .containsExactly(
              Integer.toString(SqlSources.MOST_FRESH_ROWS),
              Long.toString(NOW_MS - SqlSources.MOST_FRESH_ROWS + 1));
      while (store.partNumbers().isEmpty()) {
        Thread.onSpinWait(); // a cut is under way; the test's own patience ends this
      }
      parquet.make();
      Answer all = ask(sql);
      assertThat(all.outcome).isEqualTo(new Outcome(Truncation.NONE, 0));
      assertThat(all.row.getFirst()).isEqualTo(Integer.toString(rows));
    }
  }

  private record Answer(Outcome outcome, List<@Nullable String> row) {}

  private static Answer ask(PredictionSql sql) {
    List<@Nullable String> values = new ArrayList<>();
    SqlQueries.Rows into =
        new SqlQueries.Rows() {
          @Override
          public void columns(List<Column> columns) {}

          @Override
          public void row(List<@Nullable String> row) {
            values.addAll(row);
          }
        };
    String select = "SELECT count(*), epoch_ms(min(time)) FROM m";
    Question question = new Question(select, 1, 100, Duration.ofMinutes(2), () -> true);
    return new Answer(sql.select(question, into), values);
  }
}
