package dev.sightline.quality.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.model.prediction.PredictionSource.ModelSummary;
import dev.sightline.quality.ModelRows;
import dev.sightline.quality.baseline.BaselineStore;
import dev.sightline.quality.baseline.WindowBaselines;
import dev.sightline.quality.drift.DriftOptions;
import dev.sightline.quality.drift.DriftQueries;
import dev.sightline.quality.drift.References;
import dev.sightline.quality.estimate.EstimateQueries;
import dev.sightline.quality.integrity.IntegrityRules;
import dev.sightline.quality.monitor.Finding;
import dev.sightline.quality.performance.PerformanceQueries;
import dev.sightline.quality.watch.Outcome.State;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import dev.sightline.wire.yaml.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchedModelsTest {
  /// Midnight of a Monday, UTC.
  private static final long MONDAY = 1_700_438_400_000L;

  private static final long HOUR_MS = 3_600_000;

  private final FakeClock clock = new FakeClock(MONDAY);
  private final ModelRows rows = new ModelRows();
  private final SimulatedFileSystem disk = new SimulatedFileSystem(1);
  private final WindowBaselines baselines = rows.baselines();
  private final References references =
      new References(
          baselines,
          new BaselineStore(disk, Path.of("/references")),
          () -> DriftOptions.DEFAULT,
          clock);
  private List<Monitor> configured = List.of();
  private WatchedModels monitors = open();

  private WatchedModels open() {
    Readings.Parts parts =
        new Readings.Parts(
            rows.columns(),
            rows,
            baselines,
            references,
            new DriftQueries(baselines, references, () -> DriftOptions.DEFAULT),
            new PerformanceQueries(rows.columns(), rows, Map::of),
            new EstimateQueries(rows.columns(), rows, Map::of),
            () -> DriftOptions.DEFAULT,
            () -> IntegrityRules.DEFAULT);
    return new WatchedModels(parts, disk, Path.of("/monitors"), () -> configured, clock);
  }

  private Monitor put(String name, String text) {
    Monitor monitor = MonitorReader.read(text, "m", name);
    monitors.put(monitor, text);
    return monitor;
  }

  /// An hour of rows, as `hour` counts from Monday on.
  private void hour(int hour, int count, double age, boolean right) {
    for (int row = 0; row < count; row++) {
      Map<String, Object> features = new LinkedHashMap<>();
      features.put("age", age + row % 10);
      features.put("channel", row % 4 == 0 ? "app" : "web");
      rows.add(
          MONDAY + hour * HOUR_MS + row,
          features,
          "yes",
          0.9,
          right || row % 2 == 0 ? "yes" : "no");
    }
  }

  private List<Finding> look() {
    ModelSummary model = rows.models().getFirst();
    return monitors.look(model, clock.nowMs());
  }

  private Outcome afterHour(String name, int hour) {
    clock.advance(Duration.ofMillis(MONDAY + (hour + 1) * HOUR_MS - clock.nowMs()));
    look();
    return monitors.newest("m", name);
  }

  @Test
  void aFixedLimitIsPassedAndKeptAsSeriesAndHistory() {
    put("accuracy", "{kind: fixed, measure: accuracy, lower: 0.7, severity: critical}");
    hour(0, 40, 30, true);
    assertThat(afterHour("accuracy", 0).state()).isEqualTo(State.OK);
    hour(1, 40, 30, false);
    Outcome broken = afterHour("accuracy", 1);
    assertThat(broken.state()).isEqualTo(State.BROKEN);
    assertThat(broken.value()).isCloseTo(0.5, within(1e-12));
    assertThat(broken.text()).isEqualTo("accuracy is 0.5000, below 0.7000");
    hour(2, 10, 30, false);
    Outcome few = afterHour("accuracy", 2);
    assertThat(few.state()).isEqualTo(State.NOT_ENOUGH);
    assertThat(few.text()).contains("10 labelled rows, 30 needed");
    assertThat(monitors.history("m", "accuracy", 0, Long.MAX_VALUE, 100))
        .extracting(Outcome::state)
        .containsExactly(State.OK, State.BROKEN, State.NOT_ENOUGH);
    assertThat(look())
        .anySatisfy(
            finding -> {
              assertThat(finding.labels().get("__name__")).isEqualTo("model_monitor_state");
              assertThat(finding.labels().get("severity")).isEqualTo("critical");
              assertThat(finding.value()).isEqualTo(-1);
            });
  }

  @Test
  void whatWasSentAndFoundSurvivesARestart() {
    put("age", "{kind: fixed, measure: mean, feature: age, upper: 50}");
    hour(0, 40, 30, true);
    Outcome before = afterHour("age", 0);
    assertThat(before.value()).isCloseTo(34.5, within(1e-12));
    monitors = open();
    assertThat(monitors.newest("m", "age")).isEqualTo(before);
    hour(1, 40, 60, true);
    hour(3, 40, 30, true);
    // Nothing looked for three hours: the windows are looked at all the same, each once.
    afterHour("age", 3);
    monitors = open();
    assertThat(monitors.history("m", "age", 0, Long.MAX_VALUE, 100))
        .extracting(Outcome::state)
        .containsExactly(State.OK, State.BROKEN, State.NOT_ENOUGH, State.OK);
    assertThat(monitors.delete("m", "age")).isTrue();
    assertThat(open().list("m")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{kind: fixed, measure: accuracy, upper: 1}|upper: 1.0 can never be passed",
        "{kind: fixed, measure: missing, feature: age, lower: 0}|lower: 0.0 can never be passed",
        "{kind: fixed, measure: missing, upper: 0.1}|missing is of a feature; name it",
        "{kind: fixed, measure: accuracy}|lower: or upper is needed",
        "{kind: fixed, measure: accuracy, upper: 0.5, segment: 'x'}|segment:",
        "{kind: deviation, measure: accuracy, windows: 2}|windows: must be from 3 to 100",
        "{kind: deviation, measure: accuracy, window: 1h, every: 7m}|every: must divide window",
        "{kind: stream, detector: ddm, measure: values, feature: age}|ddm counts errors",
        "{kind: stream, detector: what, measure: values, feature: age}|detector: must be one of",
        "{kind: fixed, measure: values, feature: age, upper: 3}|measure: values is for kind stream",
        "{kind: sometimes, measure: accuracy}|must be one of fixed, change",
        "{kind: fixed, measure: accuracy, upper: 0.5, uper: 3}|unknown key",
        "{kind: drift, method: what, feature: age}|must be one of ks",
        "{kind: conjunction, of: [a]}|of: must name from 2 to 20 monitors",
        "{kind: list, feature: channel}|expected: or unexpected is needed",
        "{kind: fixed, measure: accuracy, lower: 0.5, name: other}|is not that of the address",
      })
  void whatCannotBeIsSaidWithItsPlace(String text, String message) {
    assertThatThrownBy(() -> MonitorReader.read(text, "m", "it"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aChangeIsMeasuredAgainstTheWindowBefore() {
    put("age", "{kind: change, measure: mean, feature: age, by: 0.2}");
    for (int hour = 0; hour < 3; hour++) {
      hour(hour, 40, 30, true);
    }
    Outcome same = afterHour("age", 1);
    assertThat(same.state()).isEqualTo(State.OK);
    assertThat(same.upper()).isCloseTo(34.5 * 1.2, within(1e-9));
    hour(3, 40, 40, true);
    afterHour("age", 2);
    Outcome changed = afterHour("age", 3);
    assertThat(changed.state()).isEqualTo(State.BROKEN);
    assertThat(changed.text()).isEqualTo("mean of age is 44.50, above 41.40; it was 34.50");
  }

  @Test
  void percentilesAreOfEarlierWindows() {
    put("age", "{kind: percentile, measure: mean, feature: age, outside: 0.1, windows: 10}");
    for (int hour = 0; hour < 10; hour++) {
      hour(hour, 40, 30 + hour % 5, true);
      Outcome outcome = afterHour("age", hour);
      assertThat(outcome.state() == State.NOT_ENOUGH).as("hour %d", hour).isEqualTo(hour < 5);
    }
    hour(10, 40, 32, true);
    assertThat(afterHour("age", 10).state()).isEqualTo(State.OK);
    hour(11, 40, 40, true);
    Outcome broken = afterHour("age", 11);
    assertThat(broken.state()).isEqualTo(State.BROKEN);
    assertThat(broken.upper()).isBetween(37.0, 39.0);
  }

  @Test
  void deviationsNeedThreeWindowsAndNeverSetALimitThatNothingPasses() {
    put("accuracy", "{kind: deviation, measure: accuracy, factor: 3, windows: 5}");
    Random random = new Random(1);
    for (int hour = 0; hour < 12; hour++) {
      for (int row = 0; row < 50; row++) {
        rows.add(
            MONDAY + hour * HOUR_MS + row,
            Map.of("age", 3),
            "yes",
            0.9,
            random.nextInt(100) < 97 ? "yes" : "no");
      }
    }
    assertThat(afterHour("accuracy", 1).state()).isEqualTo(State.NOT_ENOUGH);
    for (int hour = 2; hour < 12; hour++) {
      Outcome outcome = afterHour("accuracy", hour);
      assertThat(outcome.upper())
          .satisfiesAnyOf(u -> assertThat(u).isNaN(), u -> assertThat(u).isLessThan(1));
    }
    hour(12, 50, 30, false);
    assertThat(afterHour("accuracy", 12).state()).isEqualTo(State.BROKEN);
  }

  @Test
  void aSeasonIsComparedWithItself() {
    put("age", "{kind: seasonal, measure: mean, feature: age, period: 1d, windows: 4}");
    Random random = new Random(2);
    for (int hour = 0; hour < 6 * 24; hour++) {
      hour(hour, 40, (hour % 24 == 12 ? 80 : 30) + random.nextDouble(), true);
    }
    Outcome noon = afterHour("age", 5 * 24 + 12);
    assertThat(noon.state()).as(noon.text()).isEqualTo(State.OK);
    assertThat(noon.value()).isGreaterThan(80);
    hour(6 * 24, 40, 80, true);
    Outcome midnight = afterHour("age", 6 * 24);
    assertThat(midnight.state()).isEqualTo(State.BROKEN);
    assertThat(midnight.text()).contains("windows at the same time of earlier periods");
  }

  @Test
  void wordsAreListedAndValuesKeepTheirDirection() {
    put("channel", "{kind: list, feature: channel, expected: [web, app], max_share: 0.1}");
    put("app", "{kind: list, feature: channel, unexpected: [app]}");
    put("rising", "{kind: monotonic, measure: mean, feature: age}");
    hour(0, 40, 30, true);
    afterHour("rising", 0);
    assertThat(monitors.newest("m", "channel").state()).isEqualTo(State.OK);
    assertThat(monitors.newest("m", "app").value()).isCloseTo(0.25, within(1e-12));
    assertThat(monitors.newest("m", "app").state()).isEqualTo(State.BROKEN);
    hour(1, 40, 31, true);
    assertThat(afterHour("rising", 1).state()).isEqualTo(State.OK);
    hour(2, 40, 29, true);
    assertThat(afterHour("rising", 2).text())
        .isEqualTo("mean of age is 33.50, below 35.50; it must not fall");
  }

  @Test
  void driftIsJudgedByItsOwnRule() {
    put("drift", "{kind: drift, feature: age, method: psi, reference: previous}");
    hour(0, 400, 30, true);
    hour(1, 400, 30, true);
    assertThat(afterHour("drift", 1).state()).isEqualTo(State.OK);
    hour(2, 400, 60, true);
    Outcome drifted = afterHour("drift", 2);
    assertThat(drifted.state()).isEqualTo(State.BROKEN);
    assertThat(drifted.upper()).isEqualTo(0.1);
    assertThat(drifted.text()).startsWith("drift of age has drifted");
  }

  @Test
  void othersTogetherMakeAVerdict() {
    put("a", "{kind: fixed, measure: mean, feature: age, upper: 50}");
    put("b", "{kind: fixed, measure: accuracy, lower: 0.7}");
    put("both", "{kind: conjunction, of: [a, b]}");
    put("any", "{kind: disjunction, of: [a, b]}");
    hour(0, 40, 60, true);
    assertThat(afterHour("both", 0).state()).isEqualTo(State.OK);
    assertThat(monitors.newest("m", "any").state()).isEqualTo(State.BROKEN);
    hour(1, 40, 60, false);
    assertThat(afterHour("both", 1).state()).isEqualTo(State.BROKEN);
    // Without a verdict of one, only the other can say something.
    afterHour("both", 2);
    assertThat(monitors.newest("m", "both").state()).isEqualTo(State.NOT_ENOUGH);
    assertThat(monitors.newest("m", "any").state()).isEqualTo(State.NOT_ENOUGH);
  }

  @Test
  void rowsAreCountedAndTheirAbsenceIsAValue() {
    put("rate", "{kind: fixed, measure: rows_per_hour, lower: 20}");
    put("fresh", "{kind: fixed, measure: freshness, upper: 5400, every: 30m}");
    put("late", "{kind: fixed, measure: labelled_ratio, lower: 0.5}");
    hour(0, 40, 30, true);
    afterHour("rate", 0);
    assertThat(monitors.newest("m", "rate").value()).isEqualTo(40);
    assertThat(monitors.newest("m", "late").value()).isEqualTo(1);
    assertThat(monitors.newest("m", "fresh").state()).isEqualTo(State.OK);
    afterHour("rate", 1);
    assertThat(monitors.newest("m", "rate").state()).isEqualTo(State.BROKEN);
    assertThat(monitors.newest("m", "rate").value()).isZero();
    assertThat(monitors.newest("m", "fresh").state()).isEqualTo(State.BROKEN);
  }

  @Test
  void windowsByCountHoldThatManyRows() {
    put("age", "{kind: fixed, measure: mean, feature: age, rows: 25, upper: 50, min_n: 20}");
    hour(0, 60, 30, true);
    clock.advance(Duration.ofMinutes(30));
    look();
    assertThat(monitors.newest("m", "age").n()).isEqualTo(25);
    hour(1, 60, 60, true);
    afterHour("age", 1);
    List<Outcome> all = monitors.history("m", "age", 0, Long.MAX_VALUE, 100);
    assertThat(all).extracting(Outcome::n).containsExactly(25L, 25L, 25L);
    assertThat(all.getLast().state()).isEqualTo(State.BROKEN);
  }

  /// What a detector has learnt is not lost: with and without restarts it says the same.
  @ParameterizedTest
  @CsvSource({"adwin", "page_hinkley", "hddm_a", "hddm_w", "kswin"})
  void detectorsSeeAChangeAndSurviveRestarts(String detector) {
    String text = "{kind: stream, detector: " + detector + ", measure: values, feature: age}";
    Random random = new Random(3);
    for (int hour = 0; hour < 12; hour++) {
      for (int row = 0; row < 200; row++) {
        double age = 30 + 5 * random.nextGaussian() + (hour >= 8 ? 10 : 0);
        rows.add(MONDAY + hour * HOUR_MS + row, Map.of("age", age), "yes");
      }
    }
    put("kept", text);
    for (int hour = 5; hour < 12; hour++) {
      afterHour("kept", hour);
    }
    List<Outcome> whole = monitors.history("m", "kept", 0, Long.MAX_VALUE, 100);
    assertThat(whole).filteredOn(one -> one.state() == State.BROKEN).isNotEmpty();
    assertThat(whole.subList(0, 3)).noneMatch(one -> one.state() == State.BROKEN);

    put("restarted", text);
    List<Outcome> parts = new ArrayList<>();
    for (Outcome one : whole) {
      monitors = open();
      clock.jumpTo(one.window().endMs());
      look();
      parts.add(monitors.newest("m", "restarted"));
    }
    assertThat(parts).isEqualTo(whole);
  }

  /// Of ten thousand rows of one kind, hour by hour.
  @ParameterizedTest
  @CsvSource({"adwin", "page_hinkley", "hddm_a", "hddm_w", "kswin"})
  void detectorsAreQuietWhileNothingHappens(String detector) {
    Random random = new Random(17);
    for (int row = 0; row < 10_000; row++) {
      rows.add(MONDAY + row * 3_600L, Map.of("age", 30 + 5 * random.nextGaussian()), "yes");
    }
    clock.advance(Duration.ofHours(10));
    String text = "{kind: stream, detector: " + detector + ", measure: values, feature: age}";
    List<Outcome> outcomes =
        monitors.preview(
            MonitorReader.read(text, "m", "quiet"), MONDAY, clock.nowMs(), ModelRows.deadline());
    assertThat(outcomes).hasSize(10).noneMatch(one -> one.state() == State.BROKEN);
  }

  @Test
  void errorsAreAStreamToo() {
    put("errors", "{kind: stream, detector: ddm, measure: values, feature: (error), min_n: 1}");
    for (int hour = 0; hour < 4; hour++) {
      for (int row = 0; row < 300; row++) {
        boolean wrong = row % (hour == 3 ? 2 : 10) == 0;
        rows.add(MONDAY + hour * HOUR_MS + row, Map.of(), "yes", null, wrong ? "no" : "yes");
      }
    }
    for (int hour = 0; hour < 3; hour++) {
      assertThat(afterHour("errors", hour).state()).isNotEqualTo(State.BROKEN);
    }
    Outcome changed = afterHour("errors", 3);
    assertThat(changed.state()).isEqualTo(State.BROKEN);
    assertThat(changed.value()).isCloseTo(0.5, within(1e-12));
    assertThat(changed.text()).isEqualTo("ddm has seen a change");
  }

  @Test
  void aPreviewSaysWhatWouldHaveBeenAndKeepsNothing() {
    for (int hour = 0; hour < 6; hour++) {
      hour(hour, 40, hour == 4 ? 60 : 30, true);
    }
    clock.advance(Duration.ofHours(6));
    Monitor monitor =
        MonitorReader.read("{kind: fixed, measure: mean, feature: age, upper: 50}", "m", "p");
    List<Outcome> outcomes = monitors.preview(monitor, MONDAY, clock.nowMs(), ModelRows.deadline());
    assertThat(outcomes)
        .extracting(Outcome::state)
        .containsExactly(State.OK, State.OK, State.OK, State.OK, State.BROKEN, State.OK);
    assertThat(monitors.list("m")).isEmpty();
    assertThat(open().list("m")).isEmpty();
  }

  @Test
  void monitorsOfTheConfigurationComeAndGoWithIt() {
    hour(0, 40, 60, true);
    Monitor sent = put("age", "{kind: fixed, measure: mean, feature: age, upper: 70}");
    configured =
        List.of(
            new Monitor(
                "m",
                "age",
                null,
                "",
                sent.target(),
                new Judge.Fixed(null, 50.0),
                sent.pace(),
                "info",
                30,
                true,
                true,
                ""));
    assertThat(afterHour("age", 0).state()).isEqualTo(State.BROKEN);
    assertThat(monitors.find("m", "age").configured()).isTrue();
    configured = List.of();
    assertThat(monitors.find("m", "age")).isEqualTo(sent);
  }
}
