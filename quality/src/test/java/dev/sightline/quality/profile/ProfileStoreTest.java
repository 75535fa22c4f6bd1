package dev.sightline.quality.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionDigests;
import dev.sightline.quality.ModelRows;
import dev.sightline.quality.baseline.Source;
import dev.sightline.quality.rows.Condition;
import dev.sightline.quality.rows.SegmentBy;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.rows.TimeOf;
import dev.sightline.quality.window.Window;
import dev.sightline.quality.window.Windows;
import dev.sightline.stats.sketch.NumberSketch;
import dev.sightline.stats.sketch.TextSketch;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import dev.sightline.testkit.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProfileStoreTest {
  private static final long HOUR_MS = HourKey.HOUR_MS;
  private static final long DAY_MS = HourKey.DAY_MS;
  private static final long NOW_MS = 400 * DAY_MS + 12 * HOUR_MS;

  private FakeClock clock = new FakeClock(NOW_MS);
  private final RowsOnce rows = new RowsOnce();
  private SimulatedFileSystem files = new SimulatedFileSystem(1);
  private ProfileOptions options = ProfileOptions.DEFAULT;
  private ProfileStore store = open();

  private ProfileStore open() {
    Map<String, List<SegmentBy>> segments = Map.of("m", List.of(SegmentBy.parse("country")));
    return ProfileStore.open(
        new ProfileStore.Parts(files, Path.of("/profiles"), rows, () -> segments, clock, clock),
        options);
  }

  private static Prediction row(String id, long timeMs, double x) {
    Map<String, Datum> features = new LinkedHashMap<>();
    features.put("x", new Datum.Amount(x));
    features.put("country", new Datum.Text(x > 0.5 ? "ES" : "FR"));
    features.put("whole", new Datum.Amount(Math.rint(x * 10)));
    features.put("none", new Datum.Missing());
    Datum output = new Datum.Text(x > 0.3 ? "yes" : "no");
    return new Prediction(
        id, "m", x > 0.8 ? "2" : "1", timeMs, features, output, x, Map.of(), null, Map.of());
  }

  private void send(List<Prediction> predictions) {
    new ProfiledSink(rows, store).store(predictions);
  }

  private ProfileAnswer ask(long startMs, long endMs, String segment) {
    List<Condition> conditions =
        segment.isEmpty() ? List.of() : List.of(new Condition.Is("country", segment));
    Selection selection =
        new Selection("m", null, conditions, Windows.whole(startMs, endMs), TimeOf.PREDICTION);
    Map<String, List<SegmentBy>> segments = Map.of("m", List.of(SegmentBy.parse("country")));
    ProfileQueries queries = new ProfileQueries(store, (_, _) -> {}, () -> segments);
    return queries.profiles(selection, Set.of(), ModelRows.deadline());
  }

  private SliceProfile profile(long startMs, long endMs) {
    return ask(startMs, endMs, "").windows().getFirst().profile();
  }

  private static NumberSketch numbers(SliceProfile profile, String name) {
    return Objects.requireNonNull(feature(profile, name).numbers());
  }

  private static FeatureProfile feature(SliceProfile profile, String name) {
    return Objects.requireNonNull(profile.features().get(name), name);
  }

  private List<String> words(String name) {
    SliceProfile day = profile(NOW_MS - 2 * HOUR_MS, NOW_MS + HOUR_MS);
    TextSketch words = Objects.requireNonNull(feature(day, name).words());
    return words.frequent().stream().map(TextSketch.Item::text).toList();
  }

  @Test
  void hoursOfDeletedRowsAreMadeAnewOnDisk() {
    send(List.of(row("a", NOW_MS - HOUR_MS, 0.2), row("b", NOW_MS - HOUR_MS, 0.9)));
    send(List.of(row("c", NOW_MS, 0.3)));
    clock.advance(Duration.ofMinutes(10)); // written, and forgotten
    assertThat(words("country")).containsExactlyInAnyOrder("FR", "ES");
    PredictionDigests.Remaking remaking =
        store.begin("m", Set.of(HourKey.hourOf(NOW_MS - HOUR_MS)));
    clock.advance(Duration.ofMinutes(1)); // nobody makes it as long as the row is shown
    assertThat(store.isMaking("m")).isTrue();
    rows.delete("m", "b");
    remaking.close();
    clock.advance(Duration.ofMinutes(1));
    assertThat(store.isMaking("m")).isFalse();
    assertThat(words("country")).containsExactly("FR");
    store = reopened();
    assertThat(words("country")).containsExactly("FR");
    assertThat(profile(NOW_MS - HOUR_MS, NOW_MS).rows()).isEqualTo(1);
  }

  @Test
  void hoursOfDeletedRowsAreMadeAnewAfterACrash() {
    send(List.of(row("a", NOW_MS - HOUR_MS, 0.2), row("b", NOW_MS - HOUR_MS, 0.9)));
    clock.advance(Duration.ofMinutes(10));
    try (PredictionDigests.Remaking _ =
        store.begin("m", Set.of(HourKey.hourOf(NOW_MS - HOUR_MS)))) {
      rows.delete("m", "b");
      files = files.kill();
    }
    clock = new FakeClock(clock.nowMs());
    store = open();
    clock.advance(Duration.ofMinutes(1));
    assertThat(store.isMaking("m")).isFalse();
    assertThat(words("country")).containsExactly("FR");
  }

  private ProfileStore reopened() {
    store.close();
    return open();
  }

  @Test
  void rowsAreCountedByTypeAndKeptByQuantile() {
    List<Prediction> sent = new ArrayList<>();
    for (int each = 0; each < 100; each++) {
      sent.add(row("r" + each, NOW_MS + each, each / 100.0));
    }
    send(sent);
    SliceProfile profile = profile(NOW_MS, NOW_MS + 1);
    assertThat(profile.rows()).isEqualTo(100);
    NumberSketch x = numbers(profile, "x");
    assertThat(x.n()).isEqualTo(100);
    assertThat(x.mean()).isEqualTo(0.495, org.assertj.core.api.Assertions.within(1e-12));
    assertThat(x.quantile(0.5)).isEqualTo(0.49);
    assertThat(x.rankError()).isZero();
    assertThat(feature(profile, "x").count(ValueType.FRACTION)).isEqualTo(99);
    assertThat(feature(profile, "none").missing()).isEqualTo(100);
    TextSketch wholes = Objects.requireNonNull(feature(profile, "whole").wholes());
    assertThat(wholes.frequent()).hasSize(11);
    assertThat(wholes.n()).isEqualTo(100);
    TextSketch outputs = Objects.requireNonNull(feature(profile, Source.OUTPUT).words());
    assertThat(outputs.frequent().getFirst()).isEqualTo(new TextSketch.Item("yes", 69, 69, 69));
    assertThat(numbers(profile, Source.CONFIDENCE).n()).isEqualTo(100);
  }

  @Test
  void aSegmentHasItsOwnProfileOfAllVersions() {
    send(List.of(row("a", NOW_MS, 0.1), row("b", NOW_MS, 0.6), row("c", NOW_MS, 0.9)));
    SliceProfile spain = ask(NOW_MS, NOW_MS + 1, "ES").windows().getFirst().profile();
    assertThat(spain.rows()).isEqualTo(2);
    assertThat(numbers(spain, "x").min()).isEqualTo(0.6);
  }

  @Test
  void aLateRowGoesToItsHour() {
    send(List.of(row("a", NOW_MS, 0.1)));
    send(List.of(row("late", NOW_MS - 3 * HOUR_MS, 0.7)));
    assertThat(profile(NOW_MS - 3 * HOUR_MS, NOW_MS - 2 * HOUR_MS).rows()).isEqualTo(1);
    assertThat(profile(NOW_MS, NOW_MS + HOUR_MS).rows()).isEqualTo(1);
    clock.advance(Duration.ofMinutes(10));
    assertThat(profile(NOW_MS - 3 * HOUR_MS, NOW_MS + HOUR_MS).rows()).isEqualTo(2);
    send(List.of(row("later", NOW_MS - 3 * HOUR_MS, 0.8)));
    assertThat(profile(NOW_MS - 3 * HOUR_MS, NOW_MS - 2 * HOUR_MS).rows()).isEqualTo(2);
  }

  @Test
  void aRowThatIsSentAgainCountsOnce() {
    send(List.of(row("a", NOW_MS, 0.1)));
    send(List.of(row("a", NOW_MS, 0.1), row("b", NOW_MS, 0.2)));
    assertThat(profile(NOW_MS, NOW_MS + 1).rows()).isEqualTo(2);
  }

  @Test
  void whatWasStoredBeforeAPowerCutIsInTheProfileAfterIt() {
    send(List.of(row("a", NOW_MS, 0.1), row("old", NOW_MS - 5 * DAY_MS, 0.3)));
    files = files.crash();
    clock = new FakeClock(NOW_MS);
    store = open();
    clock.advance(Duration.ofSeconds(10));
    assertThat(profile(NOW_MS, NOW_MS + 1).rows()).isEqualTo(1);
    assertThat(profile(NOW_MS - 6 * DAY_MS, NOW_MS + 1).rows()).isEqualTo(2);
    send(List.of(row("b", NOW_MS, 0.1), row("a", NOW_MS, 0.1)));
    assertThat(profile(NOW_MS, NOW_MS + 1).rows()).isEqualTo(2);
  }

  @Test
  void rowsOfWhichNobodyKnowsWhetherTheyAreStoredAreCountedAsTheyAre() {
    rows.failAfterStoring();
    assertThatThrownBy(() -> send(List.of(row("a", NOW_MS, 0.1))))
        .isInstanceOf(IllegalStateException.class);
    rows.heal();
    send(List.of(row("b", NOW_MS, 0.1)));
    assertThat(ask(NOW_MS, NOW_MS + 1, "").notes().getFirst()).contains("are being made");
    clock.advance(Duration.ofSeconds(10));
    assertThat(profile(NOW_MS, NOW_MS + 1).rows()).isEqualTo(2);
  }

  @Test
  void hoursBeyondMemoryAreMadeOfTheirRows() {
    store.close();
    options = new ProfileOptions(Duration.ofDays(400), Duration.ofDays(30), 40);
    store = open();
    for (int hour = 0; hour < 20; hour++) {
      send(List.of(row("r" + hour, NOW_MS - hour * HOUR_MS, 0.4)));
    }
    for (int tick = 0; tick < 40; tick++) {
      clock.advance(Duration.ofSeconds(10));
    }
    assertThat(profile(NOW_MS - 30 * HOUR_MS, NOW_MS + HOUR_MS).rows()).isEqualTo(20);
  }

  @Test
  void hoursBecomeDaysAndDaysGo() {
    for (int hour = 0; hour < 24; hour++) {
      send(List.of(row("r" + hour, dayStart(-20) + hour * HOUR_MS, hour / 24.0)));
    }
    assertThat(profile(dayStart(-20), dayStart(-19)).rows()).isEqualTo(24);
    clock.advance(Duration.ofMinutes(5));
    assertThat(numbers(profile(dayStart(-20), dayStart(-19)), "x").n()).isEqualTo(24);
    clock.jumpTo(NOW_MS + 20 * DAY_MS);
    clock.advance(Duration.ofHours(1));
    assertThat(profile(dayStart(-20), dayStart(-19)).rows()).isEqualTo(24);
    ProfileAnswer half = ask(dayStart(-20), dayStart(-20) + 5 * HOUR_MS, "");
    assertThat(half.windows().getFirst().profile().rows()).isZero();
    assertThat(half.notes().getFirst()).contains("kept as a whole only");
    clock.jumpTo(NOW_MS + 420 * DAY_MS);
    clock.advance(Duration.ofHours(1));
    assertThat(profile(dayStart(-20), dayStart(-19)).rows()).isZero();
  }

  private static long dayStart(int days) {
    return HourKey.dayOf(NOW_MS) + days * DAY_MS;
  }

  /// Whatever happens, each stored row is in its hour once.
  @Test
  void everyRowIsInItsHourOnce() {
    Seeds.check(
        20,
        seed -> {
          ProfileStoreTest life = new ProfileStoreTest();
          life.live(new Random(seed));
        });
  }

  private void live(Random random) {
    List<Prediction> sent = new ArrayList<>();
    for (int step = 0; step < 60; step++) {
      switch (random.nextInt(8)) {
        case 0 -> {
          files = random.nextBoolean() ? files.crash() : files.kill();
          clock = new FakeClock(clock.nowMs());
          store = open();
        }
        case 1 -> {
          store.close();
          store = open();
        }
        case 2 -> clock.advance(Duration.ofSeconds(1 + random.nextInt(400)));
        case 3 -> profile(NOW_MS - 3 * DAY_MS, NOW_MS + HOUR_MS);
        default -> {
          List<Prediction> batch = new ArrayList<>();
          for (int each = random.nextInt(6); each >= 0; each--) {
            boolean again = !sent.isEmpty() && random.nextInt(4) == 0;
            long ageMs = random.nextInt(50) * HOUR_MS / (1 + random.nextInt(40));
            Prediction fresh = row("id" + sent.size(), NOW_MS - ageMs, random.nextDouble());
            batch.add(again ? sent.get(random.nextInt(sent.size())) : fresh);
            sent.add(batch.getLast());
          }
          send(batch);
        }
      }
    }
    for (int tick = 0; tick < 20; tick++) {
      clock.advance(Duration.ofSeconds(5));
    }
    check();
    store.close();
    store = open();
    check();
  }

  private void check() {
    Windows hours =
        Windows.of(
            HourKey.hourOf(NOW_MS) - 60 * HOUR_MS,
            HourKey.hourOf(NOW_MS) + HOUR_MS,
            new dev.sightline.quality.window.CalendarStep(
                Duration.ofHours(1), java.time.ZoneOffset.UTC));
    long all = 0;
    for (Window hour : hours.list()) {
      SliceProfile profile = profile(hour.startMs(), hour.endMs());
      double[] want =
          rows.rows().stream()
              .filter(row -> row.timeMs() >= hour.startMs() && row.timeMs() < hour.endMs())
              .mapToDouble(row -> Objects.requireNonNull(row.confidence()))
              .sorted()
              .toArray();
      assertThat(profile.rows()).isEqualTo(want.length);
      all += want.length;
      if (want.length > 0) {
        NumberSketch x = numbers(profile, "x");
        assertThat(x.min()).isEqualTo(want[0]);
        assertThat(x.max()).isEqualTo(want[want.length - 1]);
        assertThat(x.mean())
            .isEqualTo(
                Arrays.stream(want).average().orElseThrow(),
                org.assertj.core.api.Assertions.within(1e-9));
      }
    }
    SliceProfile whole = profile(NOW_MS - 4 * DAY_MS, NOW_MS + DAY_MS);
    assertThat(whole.rows()).isEqualTo(all);
  }
}
