package dev.sightline.predictions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.time.SystemClock;
import dev.sightline.predictions.engine.Engine;
import dev.sightline.storage.fs.DiskFileSystem;
import dev.sightline.testkit.FakeClock;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real engine, in its process: what it writes.
class ParquetFilesTest {
  private static final long NOW_MS = 1_750_000_000_000L;

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
    engine =
        new Engine(
            directory.resolve("engine"), "files", new Engine.Limits(256, 2), new SystemClock());
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

  @Test
  void everyPartHasAParquetFile() {
    storeThree();
    assertThat(directory.resolve("parts").toFile().list((_, name) -> name.endsWith(".parquet")))
        .hasSize(2);
  }
}
