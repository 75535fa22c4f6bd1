package dev.sightline.predictions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionColumns.Column;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.model.prediction.PredictionColumns.Scan;
import dev.sightline.model.prediction.PredictionColumns.Wanted;
import dev.sightline.model.prediction.PredictionSink.PredictionReceipt;
import dev.sightline.model.prediction.PredictionSink.TruthReceipt;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.model.prediction.PredictionSource.ModelSummary;
import dev.sightline.model.prediction.PredictionSource.Page;
import dev.sightline.model.prediction.PredictionSource.Query;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import dev.sightline.testkit.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whatever is sent, in whatever order, with cuts, restarts and time between: the store answers as
/// a plain list would.
class PredictionStorePropertyTest {
  private static final Path DIRECTORY = Path.of("/predictions");
  private static final long START_MS = 1_750_000_000_000L;
  private static final Duration RETENTION = Duration.ofDays(4);

  @Test
  void answersAsAPlainListWould() {
    Seeds.check(150, seed -> new Run(seed).lives());
  }

  /// What was stored, in the order of arrival.
  private static final class Plain {
    private final Map<String, Prediction> byId = new TreeMap<>();
    private final List<Prediction> arrived = new ArrayList<>();
    private final Map<String, List<GroundTruth>> truths = new TreeMap<>();

    static String key(String model, String id) {
      return model + "/" + id;
    }

    @Nullable GroundTruth truth(String key) {
      List<GroundTruth> all = truths.get(key);
      return all == null ? null : all.getLast();
    }

    List<Labelled> list(String model, long oldestMs) {
      return arrived.stream()
          .filter(one -> one.model().equals(model) && one.timeMs() >= oldestMs)
          .sorted(Comparator.comparingLong(Prediction::timeMs))
          .map(one -> new Labelled(one, truth(key(model, one.id()))))
          .toList();
    }
  }

  private static final class Run {
    private final SplittableRandom random;
    private final FakeClock clock = new FakeClock(START_MS);
    private final Plain plain = new Plain();
    private final PredictionStoreOptions options;
    private SimulatedFileSystem disk;
    private PredictionStore store;
    private long newestMs = Long.MIN_VALUE;
    private int nextId;

    Run(long seed) {
      random = new SplittableRandom(seed);
      long headBytes = random.nextBoolean() ? 1 << 20 : 160_000;
      options = new PredictionStoreOptions(RETENTION, headBytes, 1_000, 10);
      disk = new SimulatedFileSystem(seed);
      store = open();
    }

    void lives() {
      for (int step = 0; step < 60; step++) {
        switch (random.nextInt(12)) {
          case 0, 1, 2, 3 -> predict();
          case 4, 5, 6 -> become();
          case 7, 8 -> store.cut();
          case 9 -> restart();
          case 10 -> clock.advance(Duration.ofSeconds(1));
          default -> {
            clock.jumpTo(clock.nowMs() + Duration.ofHours(random.nextInt(40)).toMillis());
            clock.advance(Duration.ofMinutes(random.nextInt(70)));
          }
        }
        if (random.nextInt(4) == 0) {
          check();
        }
      }
      restart();
      check();
      store.close();
    }

    private void predict() {
      List<Prediction> rows = new ArrayList<>();
      for (int i = random.nextInt(1, 8); i > 0; i--) {
        rows.add(random.nextInt(5) == 0 && nextId > 0 ? again() : fresh());
      }
      List<PredictionReceipt> receipts = store.store(rows);
      for (int i = 0; i < rows.size(); i++) {
        Prediction row = rows.get(i);
        String key = Plain.key(row.model(), row.id());
        Prediction before = plain.byId.get(key);
        if (before == null) {
          assertThat(receipts.get(i)).isEqualTo(new PredictionReceipt.Stored());
          plain.byId.put(key, row);
          plain.arrived.add(row);
          newestMs = Math.max(newestMs, row.timeMs());
        } else if (before.timeMs() >= oldestMs()) {
          assertThat(receipts.get(i)).isEqualTo(new PredictionReceipt.AlreadyStored());
        }
      }
    }

    private Prediction fresh() {
      String model = model();
      while (isOld(plain.truth(Plain.key(model, "id" + nextId)))) {
        nextId++; // what waited for it may be forgotten or not
      }
      return row(model, "id" + nextId++, clock.nowMs() - random.nextInt(2 * 86_400_000));
    }

    private boolean isOld(@Nullable GroundTruth truth) {
      return truth != null && truth.timeMs() < clock.nowMs() - Duration.ofDays(3).toMillis();
    }

    /// One that is there and young, or else a fresh one.
    private Prediction again() {
      String model = model();
      Prediction before = plain.byId.get(Plain.key(model, "id" + random.nextInt(nextId)));
      return before == null || before.timeMs() < clock.nowMs() - Duration.ofDays(3).toMillis()
          ? fresh()
          : before;
    }

    private void become() {
      List<GroundTruth> truths = new ArrayList<>();
      for (int i = random.nextInt(1, 6); i > 0; i--) {
        String id = "id" + random.nextInt(nextId + 3);
        truths.add(
            new GroundTruth(model(), id, new Datum.Amount(random.nextInt(3)), clock.nowMs()));
      }
      List<TruthReceipt> receipts = store.join(truths);
      for (int i = 0; i < truths.size(); i++) {
        GroundTruth truth = truths.get(i);
        String key = Plain.key(truth.model(), truth.predictionId());
        Prediction prediction = plain.byId.get(key);
        GroundTruth before = plain.truth(key);
        boolean forgotten =
            prediction == null
                ? isOld(before)
                : prediction.timeMs() < clock.nowMs() - Duration.ofDays(3).toMillis();
        if (!forgotten) {
          boolean corrected = before != null && !before.value().equals(truth.value());
          TruthReceipt expected =
              corrected
                  ? new TruthReceipt.Corrected()
                  : prediction == null ? new TruthReceipt.Waiting() : new TruthReceipt.Joined();
          assertThat(receipts.get(i)).as(key).isEqualTo(expected);
        }
        if (before == null || !before.value().equals(truth.value())) {
          newestMs = Math.max(newestMs, truth.timeMs());
          plain.truths.computeIfAbsent(key, _ -> new ArrayList<>()).add(truth);
        }
      }
    }

    private void restart() {
      store.close();
      disk = disk.kill();
      store = open();
    }

    private void check() {
      long oldestMs = oldestMs();
      for (String model : List.of("a", "b")) {
        List<Labelled> expected = plain.list(model, oldestMs);
        boolean newestFirst = random.nextBoolean();
        // equal times keep the order of arrival, which turns round with the rest
        List<Labelled> walked = walk(model, newestFirst);
        assertThat(ids(walked)).isEqualTo(ids(newestFirst ? expected.reversed() : expected));
        assertThat(walked).isEqualTo(newestFirst ? expected.reversed() : expected);
        for (Labelled one : expected) {
          assertThat(store.find(model, one.prediction().id())).isEqualTo(one);
          assertThat(store.truths(model, one.prediction().id()))
              .isEqualTo(
                  plain.truths.getOrDefault(Plain.key(model, one.prediction().id()), List.of()));
        }
      }
      checkColumns(oldestMs);
      checkSummaries(oldestMs);
    }

    private void checkColumns(long oldestMs) {
      List<String> scanned = new ArrayList<>();
      store.scan(
          new Scan(
              "a",
              0,
              Long.MAX_VALUE,
              null,
              List.of(
                  new Wanted.Texts(new Field.Feature("x")),
                  new Wanted.Numbers(new Field.Truth()),
                  new Wanted.Numbers(new Field.TruthTimeMs()),
                  new Wanted.Lists(new Field.Truth()),
                  new Wanted.Texts(new Field.Version())),
              1_000),
          batch -> {
            for (int row = 0; row < batch.rows(); row++) {
              scanned.add(
                  batch.timesMs()[row]
                      + word(batch.columns().getFirst(), row)
                      + ((Column.Numbers) batch.columns().get(1)).values()[row]
                      + ((Column.Numbers) batch.columns().get(2)).values()[row]
                      + ((Column.Lists) batch.columns().get(3)).values()[row]
                      + word(batch.columns().getLast(), row));
            }
          });
      List<String> expected =
          plain.list("a", oldestMs).stream()
              .map(
                  one ->
                      one.prediction().timeMs()
                          + ((Datum.Text) one.prediction().features().get("x")).value()
                          + (one.truth() == null
                              ? Double.NaN
                              : ((Datum.Amount) one.truth().value()).value())
                          + (one.truth() == null ? Double.NaN : (double) one.truth().timeMs())
                          + (one.truth() == null ? new Datum.Missing() : one.truth().value())
                          + one.prediction().version())
              .toList();
      assertThat(scanned).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String word(Column column, int row) {
      Column.Texts texts = (Column.Texts) column;
      return texts.words().get(texts.codes()[row]);
    }

    /// Files go as a whole, so that rows past the retention may still be counted.
    private void checkSummaries(long oldestMs) {
      for (ModelSummary summary : store.models()) {
        List<Labelled> all = plain.list(summary.name(), oldestMs);
        List<Labelled> ever = plain.list(summary.name(), Long.MIN_VALUE);
        assertThat(summary.predictions()).isBetween((long) all.size(), (long) ever.size());
        assertThat(summary.labelled()).isBetween(labelled(all), labelled(ever));
        assertThat(summary.versions())
            .containsAll(
                new TreeSet<>(all.stream().map(one -> one.prediction().version()).toList()));
      }
    }

    private static List<String> ids(List<Labelled> rows) {
      return rows.stream().map(row -> row.prediction().id()).toList();
    }

    private static long labelled(List<Labelled> rows) {
      return rows.stream().filter(row -> row.truth() != null).count();
    }

    private List<Labelled> walk(String model, boolean newestFirst) {
      List<Labelled> walked = new ArrayList<>();
      @Nullable String cursor = null;
      do {
        Page page =
            store.list(
                new Query(
                    model, 0, Long.MAX_VALUE, null, newestFirst, random.nextInt(1, 9), cursor));
        walked.addAll(page.predictions());
        cursor = page.cursor();
        if (random.nextInt(6) == 0) {
          store.cut();
        }
      } while (cursor != null);
      return walked;
    }

    private String model() {
      return random.nextInt(4) == 0 ? "b" : "a";
    }

    private long oldestMs() {
      return newestMs == Long.MIN_VALUE
          ? Long.MIN_VALUE
          : Math.min(clock.nowMs(), newestMs) - RETENTION.toMillis();
    }

    private Prediction row(String model, String id, long timeMs) {
      return new Prediction(
          id,
          model,
          "v" + random.nextInt(1, 3),
          timeMs,
          Map.of("x", new Datum.Text(id.repeat(1 + random.nextInt(60)))),
          new Datum.Flag(true),
          null,
          Map.of(),
          null,
          Map.of());
    }

    private PredictionStore open() {
      return PredictionStore.open(disk, DIRECTORY, options, clock, clock, new MeterRegistry());
    }
  }
}
