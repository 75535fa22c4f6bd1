package dev.sightline.predictions.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.KeyedTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.model.prediction.PredictionSink.TruthReceipt;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.predictions.PredictionStore;
import dev.sightline.predictions.PredictionStoreOptions;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyedTruthsTest {
  private static final long NOW_MS = 1_750_000_000_000L;
  private static final long HOUR_MS = 3_600_000;
  private static final TruthReceipt JOINED = new TruthReceipt.Joined();
  private static final TruthReceipt WAITING = new TruthReceipt.Waiting();
  private static final TruthReceipt CORRECTED = new TruthReceipt.Corrected();

  private SimulatedFileSystem files = new SimulatedFileSystem(1);
  private FakeClock clock;
  private MeterRegistry meters;
  private PredictionStore store;
  private KeyedTruths truths;
  private boolean refusing;

  @BeforeEach
  void open() {
    clock = new FakeClock(NOW_MS);
    start();
  }

  private void start() {
    meters = new MeterRegistry();
    store =
        PredictionStore.open(
            files, Path.of("/p"), PredictionStoreOptions.DEFAULT, clock, clock, meters);
    PredictionSink sink =
        new PredictionSink() {
          @Override
          public List<PredictionReceipt> store(List<Prediction> predictions) {
            return store.store(predictions);
          }

          @Override
          public List<TruthReceipt> join(List<GroundTruth> truths) {
            if (refusing) {
              throw new StoreUnavailableException("full", new IllegalStateException());
            }
            return store.join(truths);
          }
        };
    truths =
        KeyedTruths.open(
            files,
            Path.of("/k"),
            new KeyedTruths.Parts(store, store, sink, Duration.ofDays(30), clock, clock, meters));
  }

  @AfterEach
  void close() {
    truths.close();
    store.close();
  }

  /// As after a crash: what was not synced is gone.
  private void crash() {
    SimulatedFileSystem left = files.crash();
    close();
    files = left;
    start();
  }

  private void predict(String id, long timeMs, Map<String, Datum> features, String... tag) {
    Map<String, String> tags = tag.length == 0 ? Map.of() : Map.of(tag[0], tag[1]);
    Prediction row =
        new Prediction(
            id, "m", "1", timeMs, features, new Datum.Text("yes"), null, Map.of(), null, tags);
    assertThat(truths.store(List.of(row)))
        .containsExactly(new PredictionSink.PredictionReceipt.Stored());
  }

  private void order(String id, double order, long timeMs) {
    predict(id, timeMs, Map.of("order_id", new Datum.Amount(order)));
  }

  private static KeyedTruth truth(String order, String value, Long timeMs) {
    return new KeyedTruth(
        "m",
        new TreeMap<>(Map.of("order_id", order)),
        new Datum.Text(value),
        timeMs,
        Duration.ofDays(1));
  }

  private TruthReceipt say(String order, String value, Long timeMs) {
    return truths.joinByKey(List.of(truth(order, value, timeMs))).getFirst();
  }

  private List<String> truthsOf(String id) {
    return store.truths("m", id).stream()
        .map(one -> ((Datum.Text) one.value()).value() + " " + (one.timeMs() - NOW_MS))
        .toList();
  }

  private double meter(String name) {
    return meters.read().stream()
        .flatMap(family -> family.samples().stream())
        .filter(sample -> sample.name().equals(name))
        .mapToDouble(sample -> sample.value())
        .sum();
  }

  @Test
  void theNearestBeforeIsMeant() {
    order("early", 17, NOW_MS - 3 * HOUR_MS);
    order("near", 17, NOW_MS - 2 * HOUR_MS);
    order("after", 17, NOW_MS - HOUR_MS + 1);
    order("other", 18, NOW_MS - 2 * HOUR_MS);
    assertThat(say("17", "a", NOW_MS - HOUR_MS)).isEqualTo(JOINED);
    assertThat(truthsOf("near")).containsExactly("a " + -HOUR_MS);
    assertThat(say("17", "b", null)).isEqualTo(JOINED);
    assertThat(truthsOf("after")).containsExactly("b 0");
    assertThat(truthsOf("early")).isEmpty();
    assertThat(truthsOf("other")).isEmpty();
  }

  @Test
  void saidTwiceItIsJoinedOnceAndAnotherValueCorrects() {
    order("a", 17, NOW_MS - 1);
    assertThat(say("17", "no", NOW_MS)).isEqualTo(JOINED);
    assertThat(say("17", "no", NOW_MS)).isEqualTo(JOINED);
    assertThat(say("17", "yes", NOW_MS)).isEqualTo(CORRECTED);
    assertThat(truthsOf("a")).containsExactly("no 0", "yes 0");
  }

  @Test
  void outsideTheWindowNothingIsMeant() {
    order("old", 17, NOW_MS - 24 * HOUR_MS - 1);
    assertThat(say("17", "a", NOW_MS)).isEqualTo(WAITING);
    order("just", 17, NOW_MS - 24 * HOUR_MS);
    assertThat(truthsOf("just")).containsExactly("a 0");
    assertThat(truthsOf("old")).isEmpty();
  }

  @Test
  void keysAreFeaturesTagsAndAnyKindOfValue() {
    predict("tag", NOW_MS - 1, Map.of(), "order_id", "t1");
    predict("flag", NOW_MS - 1, Map.of("order_id", new Datum.Flag(true)), "order_id", "t2");
    assertThat(say("t1", "a", NOW_MS)).isEqualTo(JOINED);
    assertThat(say("true", "a", NOW_MS)).isEqualTo(JOINED);
    assertThat(say("t2", "a", NOW_MS)).isEqualTo(WAITING);
    assertThat(truthsOf("tag")).hasSize(1);
    assertThat(truthsOf("flag")).hasSize(1);
  }

  @Test
  void allPartsOfAKeyHaveToFit() {
    predict("a", NOW_MS - 1, Map.of("shop", new Datum.Text("x")), "order_id", "1");
    KeyedTruth both =
        new KeyedTruth(
            "m",
            new TreeMap<>(Map.of("order_id", "1", "shop", "x")),
            new Datum.Text("v"),
            NOW_MS,
            Duration.ofDays(1));
    KeyedTruth wrong =
        new KeyedTruth(
            "m",
            new TreeMap<>(Map.of("order_id", "1", "shop", "y")),
            new Datum.Text("w"),
            NOW_MS,
            Duration.ofDays(1));
    assertThat(truths.joinByKey(List.of(wrong, both))).containsExactly(WAITING, JOINED);
    assertThat(truthsOf("a")).containsExactly("v 0");
  }

  @Test
  void beforeItsPredictionATruthWaitsWithItsCorrections() {
    assertThat(say("17", "no", NOW_MS)).isEqualTo(WAITING);
    assertThat(say("17", "no", NOW_MS)).isEqualTo(WAITING);
    assertThat(say("17", "yes", NOW_MS)).isEqualTo(CORRECTED);
    assertThat(meter("sightline_ground_truth_by_key_waiting")).isEqualTo(2);
    order("later", 17, NOW_MS + 1);
    assertThat(truthsOf("later")).isEmpty();
    order("before", 17, NOW_MS - 1);
    assertThat(truthsOf("before")).containsExactly("no 0", "yes 0");
    assertThat(meter("sightline_ground_truth_by_key_waiting")).isEqualTo(0);
    assertThat(meter("sightline_ground_truth_by_key_late_total")).isEqualTo(2);
  }

  @Test
  void withoutATimeTheNextPredictionIsMeantToo() {
    assertThat(say("17", "yes", null)).isEqualTo(WAITING);
    order("next", 17, NOW_MS + 60_000);
    assertThat(truthsOf("next")).containsExactly("yes 0");
    order("second", 17, NOW_MS + 60_001);
    assertThat(truthsOf("second")).isEmpty();
  }

  @Test
  void ofOneBatchTheNearestIsMeant() {
    assertThat(say("17", "yes", NOW_MS)).isEqualTo(WAITING);
    List<Prediction> batch =
        IntStream.of(3, 1, 2)
            .mapToObj(
                n ->
                    new Prediction(
                        "p" + n,
                        "m",
                        "",
                        NOW_MS - n,
                        Map.of("order_id", new Datum.Text("17")),
                        new Datum.Text("x"),
                        null,
                        Map.of(),
                        null,
                        Map.of()))
            .toList();
    truths.store(batch);
    assertThat(truthsOf("p1")).containsExactly("yes 0");
    assertThat(truthsOf("p2")).isEmpty();
    assertThat(truthsOf("p3")).isEmpty();
  }

  @Test
  void whatIsInFilesIsFoundTooAndItsDelayIsASeries() {
    order("a", 17, NOW_MS - 2 * HOUR_MS);
    order("b", 18, NOW_MS - 2 * HOUR_MS);
    store.cut();
    assertThat(say("17", "yes", NOW_MS)).isEqualTo(JOINED);
    assertThat(truthsOf("a")).hasSize(1);
    order("c", 19, NOW_MS - HOUR_MS);
    assertThat(say("19", "yes", NOW_MS)).isEqualTo(JOINED);
    assertThat(say("19", "no", NOW_MS)).isEqualTo(CORRECTED);
    assertThat(meter("model_truth_delay_seconds_count")).isEqualTo(2);
    assertThat(meter("model_truth_delay_seconds_sum")).isEqualTo(3 * 3600.0);
  }

  @Test
  void whatWaitsSurvivesACrash() {
    assertThat(say("17", "yes", NOW_MS)).isEqualTo(WAITING);
    assertThat(say("18", "yes", NOW_MS)).isEqualTo(WAITING);
    order("a", 17, NOW_MS);
    clock.advance(Duration.ofSeconds(2));
    crash();
    assertThat(meter("sightline_ground_truth_by_key_waiting")).isEqualTo(1);
    order("b", 18, NOW_MS);
    assertThat(truthsOf("b")).containsExactly("yes 0");
  }

  @Test
  void aJoinThatFailedIsMadeUpForAndOverrulesNothing() {
    assertThat(say("17", "first", NOW_MS)).isEqualTo(WAITING);
    refusing = true;
    order("a", 17, NOW_MS);
    assertThat(truthsOf("a")).isEmpty();
    refusing = false;
    clock.advance(Duration.ofMinutes(11));
    assertThat(truthsOf("a")).containsExactly("first 0");
  }

  @Test
  void aTruthThatWasJoinedBeforeTheCrashIsNotSaidAgain() {
    assertThat(say("17", "first", NOW_MS)).isEqualTo(WAITING);
    order("a", 17, NOW_MS);
    store.join(List.of(new GroundTruth("m", "a", new Datum.Text("second"), NOW_MS)));
    crash(); // the note that the first waits no longer was not synced yet
    clock.advance(Duration.ofMinutes(1));
    assertThat(truthsOf("a")).containsExactly("first 0", "second 0");
    assertThat(meter("sightline_ground_truth_by_key_waiting")).isEqualTo(0);
  }

  @Test
  void whatNobodyClaimsIsForgottenAndCounted() {
    assertThat(say("17", "yes", NOW_MS)).isEqualTo(WAITING);
    clock.jumpTo(NOW_MS + Duration.ofDays(30).toMillis() + 1);
    clock.advance(Duration.ofMinutes(11));
    assertThat(meter("sightline_ground_truth_by_key_waiting")).isEqualTo(0);
    assertThat(meter("sightline_ground_truth_by_key_expired_total")).isEqualTo(1);
  }

  @Test
  void theLogStaysShort() {
    for (int round = 0; round < 3; round++) {
      List<KeyedTruth> many = new ArrayList<>();
      List<Prediction> rows = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        String key = round + "-" + i;
        many.add(truth(key, "v", null));
        rows.add(
            new Prediction(
                key,
                "m",
                "",
                NOW_MS,
                Map.of("order_id", new Datum.Text(key)),
                new Datum.Text("x"),
                null,
                Map.of(),
                null,
                Map.of()));
      }
      assertThat(truths.joinByKey(many)).containsOnly(WAITING);
      truths.store(rows);
    }
    assertThat(say("left", "yes", NOW_MS)).isEqualTo(WAITING);
    long before = files.list(Path.of("/k")).stream().mapToLong(files::sizeBytes).sum();
    clock.advance(Duration.ofMinutes(11));
    long after = files.list(Path.of("/k")).stream().mapToLong(files::sizeBytes).sum();
    assertThat(before).isGreaterThan(300_000);
    assertThat(after).isLessThan(40_000);
    crash();
    assertThat(meter("sightline_ground_truth_by_key_waiting")).isEqualTo(1);
  }

  @Test
  void whatCannotBeKeptIsRefused() {
    List<TruthReceipt> receipts =
        truths.joinByKey(
            List.of(
                truth("1", "a", NOW_MS + 601_000),
                truth("1", "a", NOW_MS - Duration.ofDays(31).toMillis()),
                truth("x".repeat(2_000), "a", null),
                truth("1", "x".repeat(20_000), null)));
    assertThat(receipts)
        .extracting(
            receipt -> ((TruthReceipt.Refused) receipt).message().replaceAll("\\d{13}", "T"))
        .containsExactly(
            "time T lies more than 10 minutes in the future",
            "time T is older than the retention of 30 days",
            "key: a name of more than 256 characters, or a value of more than 1024",
            "truth by key of more than 16384 bytes");
  }
}
