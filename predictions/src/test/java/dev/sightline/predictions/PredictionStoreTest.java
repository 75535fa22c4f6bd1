package dev.sightline.predictions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.sightline.model.query.QueryException;
import dev.sightline.storage.fs.DiskFileSystem;
import dev.sightline.storage.wal.LogOptions;
import dev.sightline.storage.wal.WriteAheadLog;
import dev.sightline.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionStoreTest {
  private static final long NOW_MS = 1_750_000_000_000L;

  @TempDir Path directory;
  private final FakeClock clock = new FakeClock(NOW_MS);
  private PredictionStoreOptions options = PredictionStoreOptions.DEFAULT;
  private PredictionStore store;

  @BeforeEach
  void open() {
    store =
        PredictionStore.open(
            new DiskFileSystem(), directory, options, clock, clock, new MeterRegistry());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void reopen() {
    store.close();
    open();
  }

  private static Prediction prediction(String id, long timeMs, String output) {
    return prediction("m", "1", id, timeMs, output);
  }

  private static Prediction prediction(
      String model, String version, String id, long timeMs, String output) {
    return new Prediction(
        id,
        model,
        version,
        timeMs,
        Map.of("x", new Datum.Amount(1)),
        new Datum.Text(output),
        0.9,
        Map.of(),
        null,
        Map.of());
  }

  private static GroundTruth truth(String id, String value) {
    return new GroundTruth("m", id, new Datum.Text(value), NOW_MS);
  }

  private Page page(int limit, boolean newestFirst, @Nullable String cursor) {
    return store.list(
        new Query("m", NOW_MS - 100_000, NOW_MS + 1, null, newestFirst, limit, cursor));
  }

  private static List<String> ids(Page page) {
    return page.predictions().stream().map(Labelled::prediction).map(Prediction::id).toList();
  }

  @Test
  void whatIsStoredIsReadAlsoAfterARestart() {
    Prediction prediction = prediction("a", NOW_MS, "yes");
    assertThat(store.store(List.of(prediction))).containsExactly(new PredictionReceipt.Stored());
    assertThat(store.find("m", "a")).isEqualTo(new Labelled(prediction, null));
    reopen();
    assertThat(store.find("m", "a")).isEqualTo(new Labelled(prediction, null));
    assertThat(store.models()).containsExactly(new ModelSummary("m", List.of("1"), NOW_MS, 1, 0));
  }

  @Test
  void aRepetitionChangesNothingAndAConflictIsRefused() {
    store.store(List.of(prediction("a", NOW_MS, "yes")));
    assertThat(
            store.store(
                List.of(
                    prediction("a", NOW_MS + 5, "yes"),
                    prediction("a", NOW_MS, "no"),
                    prediction("b", NOW_MS, "yes"),
                    prediction("b", NOW_MS, "yes"))))
        .containsExactly(
            new PredictionReceipt.AlreadyStored(),
            new PredictionReceipt.Refused("id \"a\" is taken by a prediction with other content"),
            new PredictionReceipt.Stored(),
            new PredictionReceipt.AlreadyStored());
    assertThat(ids(page(10, false, null))).containsExactly("a", "b");
  }

  @Test
  void truthsJoinBeforeAndAfterTheirPrediction() {
    assertThat(store.join(List.of(truth("early", "no"), truth("late", "yes"))))
        .containsOnly(new TruthReceipt.Waiting());
    reopen();
    store.store(List.of(prediction("early", NOW_MS, "yes")));
    assertThat(store.find("m", "early").truth()).isEqualTo(truth("early", "no"));
    assertThat(store.join(List.of(truth("early", "no"))))
        .containsExactly(new TruthReceipt.Joined());
    assertThat(store.join(List.of(truth("early", "yes"))))
        .containsExactly(new TruthReceipt.Corrected());
    reopen();
    assertThat(store.find("m", "early").truth()).isEqualTo(truth("early", "yes"));
    assertThat(store.models().getFirst().labelled()).isEqualTo(1);
  }

  @Test
  void pagesGoThroughEqualTimesInTheOrderOfArrival() {
    List<Prediction> many =
        IntStream.range(0, 25).mapToObj(i -> prediction("p" + i, NOW_MS - i / 5, "x")).toList();
    store.store(many);
    for (boolean newestFirst : new boolean[] {true, false}) {
      List<String> walked = new ArrayList<>();
      @Nullable String cursor = null;
      do {
        Page page = page(4, newestFirst, cursor);
        walked.addAll(ids(page));
        cursor = page.cursor();
        reopen();
      } while (cursor != null);
      List<String> whole = ids(page(100, newestFirst, null));
      assertThat(walked).isEqualTo(whole).hasSize(25).doesNotHaveDuplicates();
    }
    assertThat(ids(page(3, true, null))).containsExactly("p4", "p3", "p2");
    assertThat(ids(page(3, false, null))).containsExactly("p20", "p21", "p22");
  }

  @Test
  void aCursorOfOthersIsRefused() {
    store.store(List.of(prediction("a", NOW_MS, "yes")));
    assertThatThrownBy(() -> page(1, true, "?nonsense"))
        .isInstanceOf(QueryException.BadQuery.class)
        .hasMessageContaining("cursor");
  }

  @Test
  void whatIsTooLargeOrTooFarAwayIsRefusedOnItsOwn() {
    List<PredictionReceipt> receipts =
        store.store(
            List.of(
                prediction("a", NOW_MS + 700_000, "x"),
                prediction("b", NOW_MS - Duration.ofDays(31).toMillis(), "x"),
                prediction("c", NOW_MS, "x".repeat(300_000)),
                prediction("d".repeat(300), NOW_MS, "x"),
                prediction("e", NOW_MS, "x")));
    assertThat(receipts.stream().map(PredictionReceipt::toString))
        .satisfiesExactly(
            first -> assertThat(first).contains("10 minutes in the future"),
            second -> assertThat(second).contains("older than the retention"),
            third -> assertThat(third).contains("the limit is 262144"),
            fourth -> assertThat(fourth).contains("id of 300 characters, the limit is 256"),
            fifth -> assertThat(fifth).isEqualTo("Stored[]"));
  }

  /// It would be accepted now, and be unreadable or another one after a restart.
  @Test
  void whatCannotBeReadBackIsRefused() {
    Datum deep = new Datum.Text("x");
    for (int depth = 0; depth < 64; depth++) {
      deep = new Datum.Items(List.of(deep));
    }
    GroundTruth deepest = new GroundTruth("m", "deepest", deep, NOW_MS);
    Datum deeper = new Datum.Fields(Map.of("x", deep));
    assertThat(store.join(List.of(deepest, new GroundTruth("m", "deeper", deeper, NOW_MS))))
        .containsExactly(
            new TruthReceipt.Waiting(),
            new TruthReceipt.Refused("a value that is nested deeper than 64 levels"));
    assertThat(store.store(List.of(prediction("half \ud83d", NOW_MS, "x"))).toString())
        .contains("half a character");
    store.store(List.of(prediction("deepest", NOW_MS, "x")));
    reopen();
    assertThat(store.find("m", "deepest").truth()).isEqualTo(deepest);
  }

  @Test
  void whatLeavesMemoryIsReadFromFiles() {
    options = options.withHeadBytes(100_000);
    reopen();
    for (int i = 0; i < 1_000; i++) {
      store.store(List.of(prediction("p" + i, NOW_MS + i, "x")));
      if (i % 50 == 49) {
        clock.advance(Duration.ofSeconds(1));
      }
    }
    for (int round = 0; round < 2; round++) {
      assertThat(store.find("m", "p0"))
          .isEqualTo(new Labelled(prediction("p0", NOW_MS, "x"), null));
      assertThat(store.find("m", "p999")).isNotNull();
      assertThat(store.models())
          .containsExactly(new ModelSummary("m", List.of("1"), NOW_MS + 999, 1_000, 0));
      reopen();
    }
    assertThat(directory.resolve("parts")).isDirectoryContaining("glob:**.rows");
  }

  @Test
  void aTruthJoinsAPredictionInAFileAndIsCorrected() {
    store.store(List.of(prediction("a", NOW_MS, "yes"), prediction("b", NOW_MS, "yes")));
    store.join(List.of(truth("b", "first")));
    store.cut();
    assertThat(store.join(List.of(truth("a", "no"), truth("a", "no"), truth("b", "second"))))
        .containsExactly(
            new TruthReceipt.Joined(), new TruthReceipt.Joined(), new TruthReceipt.Corrected());
    for (int round = 0; round < 3; round++) {
      assertThat(store.find("m", "a").truth()).isEqualTo(truth("a", "no"));
      assertThat(store.truths("m", "b")).containsExactly(truth("b", "first"), truth("b", "second"));
      assertThat(store.models().getFirst().labelled()).isEqualTo(2);
      store.cut();
      reopen();
    }
  }

  @Test
  void retentionForgetsRowsAndTheirFiles() {
    options = options.withRetention(Duration.ofDays(2));
    reopen();
    for (int day = 0; day < 5; day++) {
      store.store(List.of(prediction("day" + day, clock.nowMs(), "x")));
      clock.advance(Duration.ofDays(1));
    }
    assertThat(store.find("m", "day0")).isNull();
    assertThat(store.find("m", "day4")).isNotNull();
    assertThat(directory.toFile().list()).hasSizeBetween(1, 4);
    reopen();
    assertThat(store.find("m", "day4")).isNotNull();
  }

  @Test
  void versionsAndModelsGoWithTheirLastPrediction() {
    options = new PredictionStoreOptions(Duration.ofDays(2), 1 << 20, 10, 2);
    reopen();
    store.store(
        List.of(
            prediction("m", "1", "old", NOW_MS, "x"), prediction("gone", "1", "a", NOW_MS, "x")));
    clock.advance(Duration.ofDays(1));
    store.store(List.of(prediction("m", "2", "new", clock.nowMs(), "x")));
    assertThat(store.models().getLast().versions()).containsExactly("1", "2");
    clock.advance(Duration.ofHours(26));
    long nowMs = clock.nowMs();
    assertThat(store.store(List.of(prediction("m", "2", "newest", nowMs, "x"))))
        .containsExactly(new PredictionReceipt.Stored());
    clock.advance(Duration.ofHours(2));
    assertThat(store.models()).extracting(ModelSummary::name).containsExactly("m");
    assertThat(store.models().getLast().versions()).containsExactly("2");
    assertThat(store.store(List.of(prediction("other", "1", "a", nowMs, "x"))))
        .containsExactly(new PredictionReceipt.Stored());
  }

  @Test
  void oneCallAddsNoMoreModelsThanThereIsRoomFor() {
    options = new PredictionStoreOptions(Duration.ofDays(30), 1 << 20, 10, 2);
    reopen();
    String full = "would be one model too many, the limit is 2";
    assertThat(
            store.store(
                List.of(
                    prediction("a", "1", "1", NOW_MS, "x"),
                    prediction("b", "1", "1", NOW_MS, "x"),
                    prediction("c", "1", "1", NOW_MS, "x"),
                    prediction("a", "1", "2", NOW_MS, "x"))))
        .containsExactly(
            new PredictionReceipt.Stored(),
            new PredictionReceipt.Stored(),
            new PredictionReceipt.Refused(full),
            new PredictionReceipt.Stored());
    assertThat(store.join(List.of(new GroundTruth("c", "1", new Datum.Flag(true), NOW_MS))))
        .containsExactly(new TruthReceipt.Refused(full));
  }

  @Test
  void aClockThatJumpsAheadDeletesNothing() {
    store.store(List.of(prediction("a", NOW_MS, "x")));
    clock.jumpTo(NOW_MS + Duration.ofDays(3_650).toMillis());
    clock.advance(Duration.ofHours(2));
    assertThat(store.find("m", "a")).isNotNull();
  }

  /// Such as those that a later version of this program has written.
  @Test
  void recordsThatNobodyUnderstandsAreNotDeleted() {
    store.close();
    FakeClock other = new FakeClock(0);
    try (WriteAheadLog log =
        WriteAheadLog.open(
            new DiskFileSystem(),
            directory,
            LogOptions.named("test"),
            other,
            other,
            new MeterRegistry())) {
      log.append(List.of(new byte[] {1, 99, 0}));
    }
    open();
    clock.advance(Duration.ofHours(2));
    assertThat(directory).isDirectoryContaining(path -> path.endsWith("00000000"));
    store.store(List.of(prediction("a", NOW_MS, "x")));
    clock.advance(Duration.ofHours(2));
    assertThat(directory).isDirectoryContaining(path -> path.endsWith("00000000"));
  }

  @Test
  void whatIsTooOldIsNotReadAfterARestart() {
    store.store(List.of(prediction("a", NOW_MS, "x")));
    clock.jumpTo(NOW_MS + Duration.ofDays(3).toMillis());
    store.store(List.of(prediction("b", clock.nowMs(), "x")));
    options = options.withRetention(Duration.ofDays(1));
    reopen();
    assertThat(store.find("m", "a")).isNull();
    assertThat(store.find("m", "b")).isNotNull();
  }

  @Test
  void truthsOfOneCallKnowOfEachOther() {
    store.store(List.of(prediction("a", NOW_MS, "x")));
    assertThat(
            store.join(List.of(truth("a", "x"), truth("a", "y"), truth("b", "x"), truth("b", "x"))))
        .containsExactly(
            new TruthReceipt.Joined(),
            new TruthReceipt.Corrected(),
            new TruthReceipt.Waiting(),
            new TruthReceipt.Waiting());
  }

  @Test
  void anUnknownModelHasNothing() {
    assertThat(store.find("nobody", "a")).isNull();
    assertThat(store.list(new Query("nobody", 0, NOW_MS, null, true, 5, null)).predictions())
        .isEmpty();
  }

  @Test
  void columnsThatAreGoneOrDamagedAreMadeAnew() throws IOException {
    store.store(List.of(prediction("a", NOW_MS, "yes"), prediction("b", NOW_MS, "no")));
    store.cut();
    Path columns = directory.resolve("parts/00000000.columns");
    byte[] whole = Files.readAllBytes(columns);
    for (byte[] spoilt : List.of(new byte[0], new byte[] {1}, Arrays.copyOf(whole, whole.length))) {
      spoilt = spoilt.clone();
      if (spoilt.length > 100) {
        spoilt[100] ^= 1;
      }
      reopen();
      Files.delete(columns);
      if (spoilt.length > 0) {
        Files.write(columns, spoilt);
      }
      assertThat(scanned()).containsExactly("yes", "no");
      clock.advance(Duration.ofSeconds(2));
      assertThat(Files.readAllBytes(columns)).isEqualTo(whole);
      assertThat(scanned()).containsExactly("yes", "no");
    }
  }

  private List<String> scanned() {
    List<String> outputs = new ArrayList<>();
    store.scan(
        new Scan("m", 0, Long.MAX_VALUE, null, List.of(new Wanted.Texts(new Field.Output())), 100),
        batch -> {
          Column.Texts column = (Column.Texts) batch.columns().getFirst();
          for (int row = 0; row < batch.rows(); row++) {
            outputs.add(column.words().get(column.codes()[row]));
          }
        });
    return outputs;
  }
}
