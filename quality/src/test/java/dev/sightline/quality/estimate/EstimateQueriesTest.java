package dev.sightline.quality.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.model.query.QueryException;
import dev.sightline.quality.ModelRows;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.rows.TimeOf;
import dev.sightline.quality.window.CalendarStep;
import dev.sightline.quality.window.Windows;
import dev.sightline.stats.measure.Measured;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EstimateQueriesTest {
  private static final long DAY_MS = Duration.ofDays(1).toMillis();

  private final ModelRows rows = new ModelRows();

  /// Cases of a day. The model is overconfident: it says 0.5 + 2 (p - 0.5) for a true chance p.
  ///
  /// @param sure from 0 to 1: how far chances are from one half
  private void day(Random random, int day, int count, double sure, boolean withTruth) {
    for (int row = 0; row < count; row++) {
      double chance = 0.5 + (random.nextDouble() - 0.5) * sure / 2;
      double said = 0.5 + 2 * (chance - 0.5);
      String truth = random.nextDouble() < chance ? "yes" : "no";
      String answer = said >= 0.5 ? "yes" : "no";
      rows.add(
          day * DAY_MS + row, Map.of(), answer, Math.max(said, 1 - said), withTruth ? truth : null);
    }
  }

  private Estimates estimate(long startDay, long endDay) {
    Windows windows =
        Windows.of(
            startDay * DAY_MS,
            endDay * DAY_MS,
            new CalendarStep(Duration.ofDays(1), ZoneId.of("UTC")));
    Selection selection = new Selection("m", null, List.of(), windows, TimeOf.PREDICTION);
    return new EstimateQueries(rows.columns(), rows, Map::of)
        .estimate(selection, 30, ModelRows.deadline());
  }

  private static Measured.Known known(Map<String, Measured> measures, String name) {
    return (Measured.Known) measures.get(name);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatTheTruthWillSayIsWithinTheBandBeforeItArrives(long seed) {
    Random random = new Random(seed);
    day(random, 1, 3_000, 1, true);
    day(random, 2, 2_000, 0.3, false);
    Estimates before = estimate(2, 3);
    assertThat(before.positive()).isEqualTo("yes");
    assertThat(before.calibrated()).isEqualTo(3_000);
    Estimates.OfWindow day = before.windows().getFirst();
    assertThat(day.labelled()).isZero();
    assertThat(day.realised()).isEmpty();
    // Chances are within 0.15 of one half, so that accuracy is about 0.5375.
    Measured.Known accuracy = known(day.estimated(), "accuracy");
    assertThat(accuracy.value()).isCloseTo(0.5375, within(0.03));
    assertThat(accuracy.interval()).isNotNull();
    assertThat(accuracy.interval().high() - accuracy.interval().low()).isBetween(0.03, 0.06);
    assertThat(known(day.estimated(), "roc_auc").value()).isCloseTo(0.55, within(0.04));
  }

  @Test
  void theErrorOfTheEstimateIsOfTheSameCasesOnceTheirTruthIsThere() {
    Random random = new Random(7);
    day(random, 1, 3_000, 1, true);
    day(random, 2, 500, 0.5, true);
    day(random, 2, 500, 0.5, false);
    Estimates.OfWindow day = estimate(2, 3).windows().getFirst();
    assertThat(day.n()).isEqualTo(1_000);
    assertThat(day.labelled()).isEqualTo(500);
    for (String name : List.of("accuracy", "precision", "recall", "f1", "specificity")) {
      assertThat(day.errors().get(name)).as(name).isCloseTo(0, within(0.08));
      assertThat(day.realised()).containsKey(name);
    }
  }

  @Test
  void aModelThatBecomesAnotherHasAnErrorAndNoOtherWarning() {
    Random random = new Random(7);
    day(random, 1, 3_000, 1, true);
    for (int row = 0; row < 500; row++) {
      rows.add(2 * DAY_MS + row, Map.of(), "yes", 0.9, "no");
    }
    Estimates.OfWindow day = estimate(2, 3).windows().getFirst();
    assertThat(day.errors().get("accuracy")).isGreaterThan(0.5);
    assertThat(known(day.realised(), "accuracy").value()).isZero();
  }

  @Test
  void aYoungModelLearnsFromItsOwnRangeAndSaysSo() {
    day(new Random(1), 2, 500, 1, true);
    Estimates estimates = estimate(2, 3);
    assertThat(estimates.notes()).anyMatch(note -> note.contains("of the same range"));
    assertThat(estimates.windows().getFirst().errors().get("accuracy")).isCloseTo(0, within(0.02));
  }

  @Test
  void withoutProbabilitiesOrTruthsThereIsNoEstimate() {
    assertThatThrownBy(() -> estimate(2, 3))
        .isInstanceOf(QueryException.Failed.class)
        .hasMessageContaining("labels only");
    rows.add(2 * DAY_MS, Map.of(), "yes", null, "no");
    assertThatThrownBy(() -> estimate(2, 3)).hasMessageContaining("labels only");
    day(new Random(1), 2, 500, 1, false);
    assertThatThrownBy(() -> estimate(2, 3))
        .hasMessageContaining("estimates need 100 labelled cases to learn from; there are 0");
  }

  /// Cases of a day of a model that sees only x: where `easy` holds, its chances are right,
  /// elsewhere it knows a quarter of what it says.
  private void day(Random random, int day, double easyShare, boolean withTruth) {
    for (int row = 0; row < 4_000; row++) {
      boolean easy = random.nextDouble() < easyShare;
      double said = 1 / (1 + Math.exp(-2 * random.nextGaussian()));
      double chance = easy ? said : 0.5 + (said - 0.5) / 4;
      boolean yes = random.nextDouble() < chance;
      rows.add(
          day * DAY_MS + row,
          Map.of("noise", random.nextGaussian(), "kind", easy ? "easy" : "hard"),
          said >= 0.5 ? "yes" : "no",
          Math.max(said, 1 - said),
          withTruth ? (yes ? "yes" : "no") : null);
    }
  }

  private Estimates estimate(EstimateMethod method) {
    Windows windows = Windows.whole(2 * DAY_MS, 3 * DAY_MS);
    Selection selection = new Selection("m", null, List.of(), windows, TimeOf.PREDICTION);
    return new EstimateQueries(rows.columns(), rows, Map::of)
        .estimate(selection, method, 30, ModelRows.deadline());
  }

  @Test
  void weighingThePastFollowsAShiftThatPlainCalibrationDoesNotSee() {
    day(new Random(1), 1, 0.8, true);
    day(new Random(2), 2, 0.2, true);
    Estimates plain = estimate(EstimateMethod.CBPE);
    Estimates weighed = estimate(EstimateMethod.PAPE);
    assertThat(plain.method()).isEqualTo(EstimateMethod.CBPE);
    assertThat(weighed.method()).isEqualTo(EstimateMethod.PAPE);
    assertThat(plain.windows().getFirst().errors().get("accuracy")).isGreaterThan(0.08);
    assertThat(weighed.windows().getFirst().errors().get("accuracy")).isCloseTo(0, within(0.03));
  }

  @Test
  void errorsOfNumbersAreEstimatedWhereTheyLie() {
    Random random = new Random(5);
    for (int day = 1; day <= 2; day++) {
      for (int row = 0; row < 3_000; row++) {
        double x = random.nextGaussian() + day - 1;
        double said = random.nextGaussian();
        rows.add(
            day * DAY_MS + row,
            Map.of("x", x, "other", random.nextInt(5)),
            said,
            null,
            day == 1 || row % 2 == 0 ? said + random.nextGaussian() * Math.exp(x / 2) : null);
      }
    }
    Estimates estimates = estimate(null);
    assertThat(estimates.method()).isEqualTo(EstimateMethod.DLE);
    Estimates.OfWindow day = estimates.windows().getFirst();
    assertThat(day.labelled()).isEqualTo(1_500);
    Measured.Known mae = known(day.estimated(), "mae");
    assertThat(mae.interval()).isNotNull();
    assertThat(mae.value()).isCloseTo(known(day.realised(), "mae").value(), within(0.15));
    assertThat(known(day.realised(), "mae").value()).isGreaterThan(1.2);
    assertThat(day.estimated()).containsKeys("mse", "rmse", "mape").doesNotContainKey("msle");
    assertThat(day.errors().get("mae")).isCloseTo(0, within(0.15));
    assertThatThrownBy(() -> estimate(EstimateMethod.CBPE))
        .hasMessageContaining("its errors are estimated by dle");
  }

  @Test
  void whatAMethodCannotDoIsSaid() {
    day(new Random(1), 1, 500, 1, true);
    assertThatThrownBy(() -> estimate(EstimateMethod.DLE))
        .hasMessageContaining("estimates are by cbpe or pape");
    assertThatThrownBy(() -> estimate(EstimateMethod.PAPE))
        .hasMessageContaining("pape weighs cases by their inputs");
  }
}
