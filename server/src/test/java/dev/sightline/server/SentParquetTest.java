package dev.sightline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.api.models.ParquetTables.UnreadableException;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.Datum.Amount;
import dev.sightline.model.prediction.Datum.Text;
import dev.sightline.model.time.SystemClock;
import dev.sightline.predictions.ParquetFiles;
import dev.sightline.predictions.PredictionStore;
import dev.sightline.predictions.PredictionStoreOptions;
import dev.sightline.predictions.engine.Engine;
import dev.sightline.storage.fs.DiskFileSystem;
import dev.sightline.testkit.FakeClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real Parquet files, read by the real engine in its process.
class SentParquetTest {
  @TempDir Path directory;
  private final FakeClock clock = new FakeClock(1_750_000_000_000L);
  private final DiskFileSystem files = new DiskFileSystem();
  private PredictionStore store;
  private ParquetFiles engine;
  private SentParquet parquet;
  private Path sent;

  @BeforeEach
  void open() {
    store =
        PredictionStore.open(
            files, directory, PredictionStoreOptions.DEFAULT, clock, clock, new MeterRegistry());
    Engine process =
        new Engine(
            directory.resolve("engine"), "files", new Engine.Limits(256, 2), new SystemClock());
    engine = new ParquetFiles(files, directory, store, process, clock, clock);
    sent = directory.resolve("engine/sent");
    parquet = new SentParquet(files, sent, engine);
  }

  @AfterEach
  void close() {
    engine.close();
    store.close();
  }

  private byte[] file(String select) throws Exception {
    Path file = directory.resolve("made.parquet");
    Files.deleteIfExists(file);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
    }
    return Files.readAllBytes(file);
  }

  private List<Map<String, Datum>> rows(byte[] file) {
    List<Map<String, Datum>> rows = new ArrayList<>();
    parquet.read(new ByteArrayInputStream(file), row -> rows.add(row.values()));
    return rows;
  }

  @Test
  void columnsKeepTheirNamesAndValues() throws Exception {
    byte[] file =
        file(
            "SELECT '007' AS id, TIMESTAMP '2025-06-15 14:13:20.5' AS time, 1.5 AS \"feature.a\","
                + " 'NaN'::DOUBLE AS nan, NULL::INTEGER AS nothing, true AS flag,"
                + " {'age': 31, 'city': 'Köln \"x\"'} AS features, [1, 2] AS list,"
                + " DATE '2025-06-15' AS day, MAP {'yes': 0.75} AS probabilities,"
                + " TIMESTAMPTZ '2025-06-15 14:13:20+00' AS zoned");
    Map<String, Datum> row = rows(file).getFirst();
    assertThat(row)
        .containsEntry("id", new Text("007"))
        .containsEntry("time", new Text("2025-06-15T14:13:20.500000Z"))
        .containsEntry("feature.a", new Amount(1.5))
        .containsEntry("nan", new Amount(Double.NaN))
        .containsEntry("nothing", new Datum.Missing())
        .containsEntry("flag", new Datum.Flag(true))
        .containsEntry("list", new Datum.Items(List.of(new Amount(1), new Amount(2))))
        .containsEntry("day", new Text("2025-06-15"))
        .containsEntry("probabilities", new Datum.Fields(Map.of("yes", new Amount(0.75))))
        .containsEntry("zoned", new Text("2025-06-15T14:13:20.000000Z"));
    assertThat(((Datum.Fields) row.get("features")).values())
        .containsEntry("city", new Text("Köln \"x\""));
    assertThat(sent).isEmptyDirectory();
  }

  @Test
  void manyRowsComeOneByOne() throws Exception {
    byte[] file = file("SELECT i AS id, i % 7 AS prediction FROM range(300000) AS t(i)");
    AtomicLong rows = new AtomicLong();
    parquet.read(
        new ByteArrayInputStream(file),
        row -> {
          assertThat(row.values().get("id")).isEqualTo(new Amount(rows.get()));
          rows.incrementAndGet();
        });
    assertThat(rows).hasValue(300_000);
  }

  @Test
  void whatIsNoParquetIsSaidAndTheNextFileIsRead() throws Exception {
    assertThatThrownBy(() -> rows("id,prediction\n".repeat(100).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(UnreadableException.class)
        .hasMessageStartingWith("the Parquet file: ");
    byte[] whole = file("SELECT 1 AS id");
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    assertThatThrownBy(() -> rows(half)).isInstanceOf(UnreadableException.class);
    assertThat(rows(whole)).containsExactly(Map.of("id", new Amount(1)));
    assertThat(sent).isEmptyDirectory();
  }

  @Test
  void whoeverStopsReadingLeavesNothingBehind() throws Exception {
    byte[] file = file("SELECT i AS id FROM range(100000) AS t(i)");
    assertThatThrownBy(
            () ->
                parquet.read(
                    new ByteArrayInputStream(file),
                    _ -> {
                      throw new IllegalStateException("enough");
                    }))
        .hasMessage("enough");
    assertThat(sent).isEmptyDirectory();
    assertThat(rows(file)).hasSize(100_000);
  }
}
