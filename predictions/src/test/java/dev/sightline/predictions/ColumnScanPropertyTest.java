package dev.sightline.predictions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Column;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.model.prediction.PredictionColumns.Scan;
import dev.sightline.model.prediction.PredictionColumns.Wanted;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.model.prediction.PredictionSource.Page;
import dev.sightline.model.prediction.PredictionSource.Query;
import dev.sightline.predictions.part.PartDirectory;
import dev.sightline.storage.fs.OpenFile;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import dev.sightline.testkit.Seeds;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Columns say what the rows say: whatever is sent, corrected, cut, merged, killed, deleted or
/// damaged.
class ColumnScanPropertyTest {
  private static final Path DIRECTORY = Path.of("/predictions");
  private static final long START_MS = 1_750_000_000_000L;
  private static final List<Field> FIELDS =
      List.of(
          new Field.Truth(),
          new Field.TruthTimeMs(),
          new Field.Output(),
          new Field.Confidence(),
          new Field.LatencyMs(),
          new Field.Version(),
          new Field.Feature("a"),
          new Field.Feature("b"),
          new Field.Feature("nowhere"),
          new Field.Probability("yes"),
          new Field.Tag("t"));

  @Test
  void columnsSayWhatTheRowsSay() {
    Seeds.check(60, seed -> new Run(seed).lives());
  }

  private static final class Run {
    private final SplittableRandom random;
    private final FakeClock clock = new FakeClock(START_MS);
    private final PredictionStoreOptions options;
    private SimulatedFileSystem disk;
    private PredictionStore store;
    private int nextId = 1;

    Run(long seed) {
      random = new SplittableRandom(seed);
      long headBytes = random.nextBoolean() ? 1 << 20 : 160_000;
      options = new PredictionStoreOptions(Duration.ofDays(4), headBytes, 1_000, 10);
      disk = new SimulatedFileSystem(seed);
      store = open();
    }

    void lives() {
      for (int step = 0; step < 50; step++) {
        switch (random.nextInt(14)) {
          case 0, 1, 2, 3 -> predict();
          case 4, 5, 6 -> become();
          case 7, 8 -> store.cut();
          case 9 -> restart();
          case 10 -> clock.advance(Duration.ofSeconds(1));
          case 11, 12 -> spoil();
          default -> {
            clock.jumpTo(clock.nowMs() + Duration.ofHours(random.nextInt(40)).toMillis());
            clock.advance(Duration.ofMinutes(random.nextInt(70)));
          }
        }
        if (random.nextInt(3) == 0) {
          check();
        }
      }
      check();
      store.close();
    }

    private void predict() {
      List<Prediction> rows = new ArrayList<>();
      for (int i = random.nextInt(1, 40); i > 0; i--) {
        rows.add(row("id" + nextId++));
      }
      store.store(rows);
    }

    private Prediction row(String id) {
      Map<String, Datum> features = new LinkedHashMap<>();
      if (random.nextInt(4) > 0) {
        features.put("a", datum());
      }
      if (random.nextInt(4) > 0) {
        features.put("b", new Datum.Amount(random.nextInt(3) == 0 ? 0.5 : random.nextInt(300)));
      }
      features.put("x" + random.nextInt(5), datum());
      return new Prediction(
          id,
          "m",
          random.nextInt(3) == 0 ? "" : "v" + random.nextInt(2),
          clock.nowMs() - random.nextInt(2 * 86_400_000),
          features,
          random.nextBoolean() ? new Datum.Text("class" + random.nextInt(3)) : datum(),
          random.nextBoolean() ? (Double) random.nextDouble() : null,
          random.nextBoolean() ? Map.of("yes", random.nextDouble()) : Map.of(),
          random.nextBoolean() ? (Double) (double) random.nextInt(70_000) : null,
          random.nextBoolean() ? Map.of("t", "tag" + random.nextInt(400)) : Map.of());
    }

    private Datum datum() {
      return switch (random.nextInt(10)) {
        case 0 -> new Datum.Missing();
        case 1 -> new Datum.Flag(random.nextBoolean());
        case 2 -> new Datum.Items(List.of(new Datum.Amount(1)));
        case 3 -> new Datum.Fields(Map.of("k", new Datum.Text("v")));
        case 4 -> new Datum.Text(random.nextBoolean() ? "" : "ü" + random.nextInt(50));
        case 5 -> new Datum.Amount(random.nextBoolean() ? Double.NaN : -0.0);
        case 6 -> new Datum.Amount(random.nextLong(-(1L << 50), 1L << 50));
        case 7 -> new Datum.Amount(random.nextBoolean() ? 1e300 : Double.NEGATIVE_INFINITY);
        default -> new Datum.Amount(random.nextInt(3));
      };
    }

    private void become() {
      List<GroundTruth> truths = new ArrayList<>();
      for (int i = random.nextInt(1, 12); i > 0; i--) {
        String id = "id" + random.nextInt(nextId + 3);
        truths.add(new GroundTruth("m", id, datum(), clock.nowMs()));
      }
      store.join(truths);
    }

    private void restart() {
      store.close();
      disk = disk.kill();
      store = open();
    }

    /// Deletes a column file, or changes a byte of it.
    private void spoil() {
      List<Path> all =
          disk.list(DIRECTORY.resolve("parts")).stream()
              .filter(path -> path.toString().endsWith(PartDirectory.COLUMNS))
              .toList();
      if (all.isEmpty()) {
        return;
      }
      Path chosen = all.get(random.nextInt(all.size()));
      if (random.nextInt(3) == 0) {
        disk.delete(chosen);
        return;
      }
      try (OpenFile file = disk.openForWriting(chosen)) {
        byte[] one = {(byte) random.nextInt()};
        file.write(ByteBuffer.wrap(one), random.nextLong(file.sizeBytes()));
      }
    }

    private void check() {
      long startMs = random.nextBoolean() ? 0 : clock.nowMs() - random.nextInt(3 * 86_400_000);
      long endMs = random.nextBoolean() ? Long.MAX_VALUE : startMs + random.nextInt(86_400_000);
      String[] versions = {null, null, "", "v0", "v1", "v2"};
      String version = versions[random.nextInt(versions.length)];
      List<Wanted> wanted = new ArrayList<>();
      for (int i = random.nextInt(1, 6); i > 0; i--) {
        Field field = FIELDS.get(random.nextInt(FIELDS.size()));
        wanted.add(
            switch (random.nextInt(10)) {
              case 0 -> new Wanted.Lists(field);
              case 1, 2, 3, 4 -> new Wanted.Numbers(field);
              default -> new Wanted.Texts(field);
            });
      }
      assertThat(scanned(new Scan("m", startMs, endMs, version, wanted, 100_000)))
          .containsExactlyInAnyOrderElementsOf(listed(startMs, endMs, version, wanted));
    }

    private List<String> scanned(Scan scan) {
      List<String> rows = new ArrayList<>();
      Consumer<Batch> receiver =
          batch -> {
            for (int row = 0; row < batch.rows(); row++) {
              rows.add(text(batch, row));
            }
          };
      if (random.nextBoolean()) {
        store.scan(scan, receiver);
      } else {
        store.scan(scan, Collections.nCopies(random.nextInt(1, 4), receiver));
      }
      return rows;
    }

    private static String text(Batch batch, int row) {
      StringBuilder text = new StringBuilder().append(batch.timesMs()[row]);
      for (Column column : batch.columns()) {
        text.append('|')
            .append(
                switch (column) {
                  case Column.Numbers(double[] values) -> Double.toString(values[row]);
                  case Column.Texts(int[] codes, List<String> words) ->
                      codes[row] < 0 ? "code " + codes[row] : words.get(codes[row]);
                  case Column.Lists(Datum[] values) -> values[row].toString();
                });
      }
      return text.toString();
    }

    private List<String> listed(
        long startMs, long endMs, @Nullable String version, List<Wanted> wanted) {
      List<String> rows = new ArrayList<>();
      @Nullable String cursor = null;
      do {
        Page page = store.list(new Query("m", startMs, endMs, version, false, 500, cursor));
        page.predictions().forEach(row -> rows.add(text(row, wanted)));
        cursor = page.cursor();
      } while (cursor != null);
      return rows;
    }

    private static String text(Labelled row, List<Wanted> wanted) {
      StringBuilder text = new StringBuilder().append(row.prediction().timeMs());
      for (Wanted one : wanted) {
        Datum datum = datum(row, one.field());
        text.append('|')
            .append(
                switch (one) {
                  case Wanted.Numbers _ -> Double.toString(number(datum));
                  case Wanted.Texts _ -> word(datum);
                  case Wanted.Lists _ -> (datum == null ? new Datum.Missing() : datum).toString();
                });
      }
      return text.toString();
    }

    private static @Nullable Datum datum(Labelled row, Field field) {
      Prediction prediction = row.prediction();
      GroundTruth truth = row.truth();
      return switch (field) {
        case Field.Truth() -> truth == null ? null : truth.value();
        case Field.TruthTimeMs() -> truth == null ? null : amount((double) truth.timeMs());
        case Field.Output() -> prediction.output();
        case Field.Confidence() -> amount(prediction.confidence());
        case Field.LatencyMs() -> amount(prediction.latencyMs());
        case Field.Version() ->
            prediction.version().isEmpty() ? null : new Datum.Text(prediction.version());
        case Field.Feature(String name) -> prediction.features().get(name);
        case Field.Probability(String name) -> amount(prediction.probabilities().get(name));
        case Field.Tag(String name) ->
            prediction.tags().containsKey(name)
                ? new Datum.Text(prediction.tags().get(name))
                : null;
      };
    }

    private static @Nullable Datum amount(@Nullable Double value) {
      return value == null ? null : new Datum.Amount(value);
    }

    private static double number(@Nullable Datum datum) {
      return switch (datum) {
        case Datum.Amount(double value) -> value;
        case Datum.Flag(boolean flag) -> flag ? 1 : 0;
        case null -> Double.NaN;
        case Datum.Missing _, Datum.Text _, Datum.Items _, Datum.Fields _ -> Double.NaN;
      };
    }

    private static String word(@Nullable Datum datum) {
      return switch (datum) {
        case Datum.Amount(double value) ->
            value == Math.rint(value) && Math.abs(value) < 1L << 53
                ? Long.toString((long) value)
                : Double.toString(value);
        case Datum.Flag(boolean flag) -> Boolean.toString(flag);
        case Datum.Text(String text) -> text;
        case null -> "code -1";
        case Datum.Missing _, Datum.Items _, Datum.Fields _ -> "code -1";
      };
    }

    private PredictionStore open() {
      return PredictionStore.open(disk, DIRECTORY, options, clock, clock, new MeterRegistry());
    }
  }
}
