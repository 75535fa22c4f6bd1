package dev.sightline.predictions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.time.SystemClock;
import dev.sightline.predictions.engine.Engine;
import dev.sightline.predictions.engine.EngineException;
import dev.sightline.storage.fs.DiskFileSystem;
import dev.sightline.testkit.FakeClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real engine, in its process: what it writes, what it answers, and what its end costs.
class ParquetFilesTest {
  private static final long NOW_MS = 1_750_000_000_000L;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path directory;
  private final FakeClock clock = new FakeClock(NOW_MS);
  private final DiskFileSystem files = new DiskFileSystem();
  private PredictionStore store;
  private Engine engine;
  private ParquetFiles parquet;

  @BeforeEach
  void open() {
    store =
        PredictionStore.open(
            files, directory, PredictionStoreOptions.DEFAULT, clock, clock, new MeterRegistry());
    engine = new Engine(directory, new Engine.Limits(256, 2), new SystemClock());
    parquet = new ParquetFiles(files, directory, store, engine, clock, clock);
  }

  @AfterEach
  void close() {
    parquet.close();
    store.close();
  }

  private static Prediction prediction(String id, long timeMs, Map<String, Datum> features) {
    return new Prediction(
        id,
        "m",
        "1",
        timeMs,
        features,
        new Datum.Text("yes"),
        0.75,
        Map.of("yes", 0.75),
        null,
        Map.of("team", "a\"b"));
  }

  private void storeThree() {
    Map<String, Datum> features = new LinkedHashMap<>();
    features.put("age", new Datum.Amount(41));
    features.put("AGE", new Datum.Text("a twin"));
    features.put("mixed \"q\"", new Datum.Amount(1));
    store.store(
        List.of(
            prediction("b", NOW_MS, features),
            prediction(
                "a",
                NOW_MS - 1,
                Map.of("mixed \"q\"", new Datum.Items(List.of(new Datum.Text("x"))))),
            prediction("yesterday", NOW_MS - 86_400_000, Map.of())));
    store.join(List.of(new GroundTruth("m", "b", new Datum.Text("no"), NOW_MS + 5)));
    store.cut();
    parquet.make();
  }

  private List<List<String>> rows(String select) {
    List<List<String>> rows = new ArrayList<>();
    parquet.query(select, 100, PATIENCE, rows::add);
    return rows;
  }

  @Test
  void everyPartHasAParquetFileThatAnswersSql() {
    storeThree();
    assertThat(directory.resolve("parts").toFile().list((_, name) -> name.endsWith(".parquet")))
        .hasSize(2);
    assertThat(
            rows(
                "SELECT id, epoch_ms(time), truth, confidence, \"feature.age\","
                    + " \"feature.mixed \"\"q\"\"\", \"probability.yes\", tags"
                    + " FROM predictions WHERE id <> 'yesterday' ORDER BY time"))
        .satisfiesExactly(
            names -> assertThat(names).startsWith("id"),
            first ->
                assertThat(first)
                    .containsExactly(
                        "a",
                        Long.toString(NOW_MS - 1),
                        "",
                        "0.75",
                        "",
                        "[\"x\"]",
                        "0.75",
                        "{\"team\":\"a\\\"b\"}"),
            second ->
                assertThat(second)
                    .startsWith("b", Long.toString(NOW_MS), "no", "0.75", "41.0", "1"));
  }

  @Test
  void sqlReadsAndDoesNothingElse() {
    storeThree();
    for (String bad :
        List.of(
            "DELETE FROM predictions",
            "SELECT 1; SELECT 2",
            "COPY predictions TO '" + directory.resolve("parts/x.csv") + "'",
            "SELECT * FROM read_csv('/etc/passwd')",
            "INSTALL httpfs",
            "SET memory_limit = '10GB'",
            "SELEKT")) {
      assertThatThrownBy(() -> rows(bad)).as(bad).isInstanceOf(EngineException.class);
    }
    assertThat(rows("SELECT count(*) FROM predictions")).last().isEqualTo(List.of("3"));
  }

  @Test
  void whatTakesTooLongEndsTheEngineAndTheNextQuestionStartsAnother() {
    storeThree();
    assertThatThrownBy(
            () ->
                parquet.query(
                    "SELECT count(*) FROM range(10000000000) a, range(10000000000) b WHERE a.range <"
                        + " b.range",
                    1,
                    Duration.ofSeconds(2),
                    _ -> {}))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("ended after 2 s");
    assertThat(rows("SELECT count(*) FROM predictions")).last().isEqualTo(List.of("3"));
    assertThat(store.find("m", "a")).isNotNull();
  }
}
