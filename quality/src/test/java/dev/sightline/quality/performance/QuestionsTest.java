package dev.sightline.quality.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.query.QueryException;
import dev.sightline.quality.rows.Condition;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.rows.TimeOf;
import dev.sightline.quality.window.Window;
import dev.sightline.quality.window.Windows;
import dev.sightline.stats.measure.Averaging;
import dev.sightline.stats.measure.BusinessValue;
import dev.sightline.stats.measure.ChangeOfMeasure;
import dev.sightline.stats.measure.Measured;
import dev.sightline.stats.measure.ThresholdCurve;
import dev.sightline.testkit.Seeds;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is asked about one measure: curves, segments, versions, changes.
class QuestionsTest {
  private static final MeasureRules RULES = Rows.rules(Averaging.MACRO);

  private static Datum text(String value) {
    return new Datum.Text(value);
  }

  private static Datum amount(double value) {
    return new Datum.Amount(value);
  }

  /// @param correct of the rows; the others are `no` where `yes` was predicted
  private static void add(Rows rows, int count, int correct, long timeMs, Map<String, Datum> has) {
    for (int row = 0; row < count; row++) {
      Datum truth = text(row < correct ? "yes" : "no");
      rows.add(timeMs, text("yes"), truth, 0, Map.of("yes", 0.8), has);
    }
  }

  @Test
  void theWorstSegmentComesFirstAndChanceIsToldFromDifference() {
    Rows rows = new Rows();
    add(rows, 100, 90, 1, Map.of("country", text("DE"), "device", text("phone")));
    add(rows, 100, 60, 1, Map.of("country", text("ES"), "device", text("phone")));
    add(rows, 3, 0, 1, Map.of("country", text("FR"), "device", text("desk")));
    MeasureRules thirty = new MeasureRules(Averaging.MACRO, 30, null, MeasureVariants.USUAL);
    Segments found =
        rows.queries()
            .segments(
                Rows.everything(),
                thirty,
                List.of("country", "device"),
                "accuracy",
                50,
                Rows.deadline());
    assertThat(found.segments())
        .extracting(segment -> segment.labels().get("country"))
        .containsExactly("ES", "DE", "FR");
    Segments.Segment worst = found.segments().getFirst();
    assertThat(worst.labels()).containsEntry("device", "phone");
    assertThat(worst.difference()).isCloseTo(0.6 - 150.0 / 203, within(1e-12));
    assertThat(worst.pValue()).isLessThan(0.001);
    assertThat(found.segments().getLast().value()).isInstanceOf(Measured.NotEnough.class);
    assertThat(found.segments().getLast().difference()).isNull();
  }

  @Test
  void betaWeighsRecallAgainstPrecision() {
    Rows rows = new Rows();
    for (int row = 0; row < 12; row++) {
      rows.add(text(row < 9 ? "b" : "a"), text(row < 3 ? "b" : "a"), Map.of());
    }
    // Precision of b is 3/9, its recall 1.
    MeasureRules half =
        new MeasureRules(Averaging.BINARY, 1, "b", MeasureVariants.USUAL.withBeta(0.5));
    WindowScores scores =
        rows.queries().performance(Rows.everything(), half, Rows.deadline()).windows().getFirst();
    assertThat(Rows.value(scores, "f_beta")).isCloseTo(1.25 / 3 / (0.25 / 3 + 1), within(1e-12));
    assertThat(scores.measures()).doesNotContainKey("f2");
    assertThat(Rows.value(rows.whole(Averaging.WEIGHTED), "f2")).isPositive();
    assertThatThrownBy(
            () ->
                rows.queries()
                    .segments(Rows.everything(), half, List.of("v"), "f2", 50, Rows.deadline()))
        .hasMessageContaining("f_beta");
  }

  @Test
  void numbersArePutBetweenTheirQuartilesByNamesThatSelectThem() {
    Rows rows = new Rows();
    for (int age = 0; age < 80; age++) {
      add(rows, 1, age < 20 ? 0 : 1, 1, Map.of("age", amount(age)));
    }
    Segments found =
        rows.queries()
            .segments(Rows.everything(), RULES, List.of("age"), "accuracy", 50, Rows.deadline());
    assertThat(found.segments()).hasSize(4);
    assertThat(found.segments().getFirst().labels()).containsEntry("age", "[-Inf, 19.8)");
    Selection youngest =
        new Selection(
            "m",
            null,
            List.of(new Condition.Within("age", Double.NEGATIVE_INFINITY, 19.8, false)),
            Windows.whole(0, Rows.END_MS),
            TimeOf.PREDICTION);
    WindowScores scores =
        rows.queries().performance(youngest, RULES, Rows.deadline()).windows().getFirst();
    assertThat(scores.n()).isEqualTo(20);
    assertThat(Rows.value(scores, "accuracy")).isZero();
  }

  @Test
  void everyMeasureOfASegmentHasAName() {
    Rows rows = new Rows();
    add(rows, 50, 40, 1, Map.of("country", text("DE")));
    for (String measure : List.of("f1", "mcc", "roc_auc", "brier", "hamming_loss")) {
      Segments found =
          rows.queries()
              .segments(Rows.everything(), RULES, List.of("country"), measure, 50, Rows.deadline());
      assertThat(found.segments().getFirst().value()).as(measure).isEqualTo(found.overall());
    }
    assertThatThrownBy(
            () ->
                rows.queries()
                    .segments(
                        Rows.everything(), RULES, List.of("country"), "mae", 50, Rows.deadline()))
        .isInstanceOf(QueryException.Failed.class)
        .hasMessageContaining("there is no measure \"mae\" of classification");
  }

  @Test
  void largeErrorsAreTheBadEnd() {
    Rows rows = new Rows();
    for (int row = 0; row < 40; row++) {
      rows.add(1, amount(row + 0.5), amount(row), 0, Map.of(), Map.of("city", text("Bonn")));
      rows.add(1, amount(row + 2.5), amount(row), 0, Map.of(), Map.of("city", text("Trier")));
    }
    Segments found =
        rows.queries()
            .segments(Rows.everything(), RULES, List.of("city"), "mae", 50, Rows.deadline());
    assertThat(found.segments().getFirst().labels()).containsEntry("city", "Trier");
    assertThat(found.segments().getFirst().difference()).isCloseTo(1, within(1e-12));
  }

  @Test
  void twoVersionsDifferOrDoNot() {
    Rows rows = new Rows();
    add(rows, 300, 150, 1, Map.of("v", text("1")));
    add(rows, 300, 240, 1, Map.of("v", text("2")));
    add(rows, 300, 243, 1, Map.of("v", text("3")));
    VersionComparison better =
        rows.queries().comparison(Rows.everything(), RULES, "1", "2", Rows.deadline());
    VersionComparison same =
        rows.queries().comparison(Rows.everything(), RULES, "2", "3", Rows.deadline());
    assertThat(better.measures().get("accuracy").comparison().difference())
        .isCloseTo(0.3, within(1e-12));
    assertThat(better.measures().get("accuracy").comparison().pValue()).isLessThan(1e-6);
    assertThat(better.measures().get("f1").comparison().pValue()).isLessThan(0.01);
    assertThat(better.measures().get("brier").comparison().interval().low()).isNegative();
    assertThat(same.measures().get("accuracy").comparison().pValue()).isGreaterThan(0.5);
    assertThat(same.measures().get("accuracy").first().n()).isEqualTo(300);
  }

  @Test
  void aChangeIsMixAndWithinAndNothingElse() {
    Seeds.check(
        100,
        seed -> {
          Random random = new Random(seed);
          Rows rows = new Rows();
          for (long timeMs : new long[] {5, 25}) {
            for (String city : List.of("Bonn", "Trier", "Ulm")) {
              int count = random.nextInt(30);
              add(rows, count, random.nextInt(count + 1), timeMs, Map.of("city", text(city)));
            }
            add(rows, 1, 1, timeMs, Map.of("city", text("Bonn")));
          }
          Windows windows = Windows.pair(new Window(0, 10, false), new Window(20, 30, false));
          for (List<String> by : List.of(List.of("city"), List.<String>of())) {
            Change change =
                rows.queries()
                    .change(Rows.everything().in(windows), RULES, "accuracy", by, Rows.deadline());
            double before = ((Measured.Known) change.before()).value();
            double after = ((Measured.Known) change.after()).value();
            assertThat(change.difference()).isCloseTo(after - before, within(1e-12));
            assertThat(change.mix() + change.within())
                .isCloseTo(change.difference(), within(1e-12));
          }
        });
  }

  /// Of two windows, with cities and probabilities.
  private static Rows twoWindows(Random random) {
    Rows rows = new Rows();
    for (int row = 0; row < 200; row++) {
      double p = random.nextDouble();
      boolean truth = random.nextDouble() < (row < 100 ? p : 1 - p);
      rows.add(
          row < 100 ? 5 : 25,
          text(p > 0.5 ? "yes" : "no"),
          text(truth ? "yes" : "no"),
          0,
          Map.of("yes", p),
          Map.of("city", text(random.nextInt(3) == 0 ? "Bonn" : "Trier")));
    }
    return rows;
  }

  @Test
  void measuresOfClassesAndOfLossSplitExactly() {
    Windows windows = Windows.pair(new Window(0, 10, false), new Window(20, 30, false));
    Selection selection = Rows.everything().in(windows);
    Seeds.check(
        20,
        seed -> {
          Rows rows = twoWindows(new Random(seed));
          for (Averaging averaging : Averaging.values()) {
            for (String measure :
                List.of("accuracy", "precision", "recall", "f1", "jaccard", "log_loss", "brier")) {
              boolean ofRows = List.of("accuracy", "log_loss", "brier").contains(measure);
              boolean micro = averaging == Averaging.MICRO;
              boolean pooled = micro || averaging == Averaging.CLARA && measure.equals("recall");
              if (ofRows || averaging != Averaging.BINARY) {
                splits(rows, selection, averaging, measure, List.of());
              }
              if (ofRows || averaging == Averaging.BINARY || pooled) {
                splits(rows, selection, averaging, measure, List.of("city"));
              }
            }
          }
        });
    assertThatThrownBy(
            () ->
                splits(
                    twoWindows(new Random(1)), selection, Averaging.MACRO, "f1", List.of("city")))
        .hasMessageContaining(
            "the macro \"f1\" of a whole does not follow from those of its segments");
    assertThatThrownBy(
            () -> splits(twoWindows(new Random(1)), selection, Averaging.BINARY, "f1", List.of()))
        .hasMessageContaining("of one class has no classes to split by");
    assertThatThrownBy(
            () -> splits(twoWindows(new Random(1)), selection, Averaging.MACRO, "mcc", List.of()))
        .hasMessageContaining("does not split into parts exactly");
  }

  private static void splits(
      Rows rows, Selection selection, Averaging averaging, String measure, List<String> by) {
    Change change =
        rows.queries("classification")
            .change(selection, Rows.rules(averaging), measure, by, Rows.deadline());
    double before = ((Measured.Known) change.before()).value();
    double after = ((Measured.Known) change.after()).value();
    assertThat(change.difference()).as(measure).isCloseTo(after - before, within(1e-12));
    assertThat(change.mix() + change.within()).as(measure).isCloseTo(after - before, within(1e-12));
  }

  @Test
  void segmentsAreTestedByScoresAndByErrors() {
    Random random = new Random(1);
    Rows rows = new Rows();
    Rows numbers = new Rows();
    for (int row = 0; row < 600; row++) {
      double p = random.nextDouble();
      String city = List.of("Bonn", "Trier", "Ulm").get(row % 3);
      boolean truth = random.nextDouble() < (row % 3 == 0 ? 1 - p : p);
      Map<String, Datum> has = Map.of("city", text(city));
      rows.add(
          1, text(p > 0.5 ? "yes" : "no"), text(truth ? "yes" : "no"), 0, Map.of("yes", p), has);
      double error = random.nextGaussian() * (row % 3 == 0 ? 2 : 1);
      numbers.add(1, amount(error), amount(0.5), 0, Map.of(), has);
    }
    for (String measure : List.of("roc_auc", "average_precision", "log_loss", "brier")) {
      check(rows.queries("classification"), measure);
    }
    for (String measure : List.of("mae", "mse", "rmse", "median_ae")) {
      check(numbers.queries("regression"), measure);
    }
    Segments untested =
        rows.queries("classification")
            .segments(Rows.everything(), RULES, List.of("city"), "ece", 50, Rows.deadline());
    assertThat(untested.segments()).allMatch(segment -> segment.pValue() == null);
    assertThat(untested.notes()).singleElement().asString().contains("it grows as rows");
  }

  private static void check(PerformanceQueries queries, String measure) {
    Segments found =
        queries.segments(Rows.everything(), RULES, List.of("city"), measure, 50, Rows.deadline());
    assertThat(found.segments().getFirst().labels()).as(measure).containsEntry("city", "Bonn");
    assertThat(found.segments().getFirst().pValue()).as(measure).isLessThan(1e-4);
  }

  @Test
  void aThresholdIsOfTwoClasses() {
    Rows rows = new Rows();
    for (String name : List.of("a", "b", "c")) {
      rows.add(text(name), text(name), Map.of("a", 0.5, "b", 0.3, "c", 0.2));
    }
    MeasureRules rules =
        new MeasureRules(Averaging.MACRO, 1, null, MeasureVariants.USUAL.withThreshold(0.5));
    assertThatThrownBy(() -> rows.queries().performance(Rows.everything(), rules, Rows.deadline()))
        .hasMessageContaining("a threshold needs two classes; there are 3");
    Rows labels = new Rows().add(text("a"), text("b"), Map.of());
    assertThatThrownBy(
            () -> labels.queries().performance(Rows.everything(), rules, Rows.deadline()))
        .hasMessageContaining("labels only: a threshold needs probabilities");
  }

  @Test
  void ofTextsThereAreLatencyTokensAndReasons() {
    Rows rows = new Rows();
    for (int row = 0; row < 4; row++) {
      rows.add(
          new Datum.Fields(
              Map.of(
                  "finish_reason", text(row == 0 ? "length" : "stop"),
                  "completion_tokens", amount(10 + row))),
          text("truth"),
          Map.of());
    }
    Performance found = rows.queries().performance(Rows.everything(), RULES, Rows.deadline());
    assertThat(found.task()).isEqualTo(Task.GENERATION);
    assertThat(found.notes()).singleElement().asString().contains("is not measured");
    WindowScores scores = found.windows().getFirst();
    assertThat(Rows.value(scores, "completion_tokens")).isEqualTo(11.5);
    assertThat(scores.measures()).doesNotContainKeys("accuracy", "latency_ms");
    assertThat(((WindowScores.Texts) scores.detail()).finishReasons())
        .isEqualTo(Map.of("length", 1L, "stop", 3L));
  }

  @Test
  void errorsSplitIntoPartsToo() {
    Rows rows = new Rows();
    for (int row = 0; row < 30; row++) {
      rows.add(5, amount(row + 0.5), amount(row), 0, Map.of(), Map.of("city", text("Bonn")));
      rows.add(25, amount(row + 1.5), amount(row), 0, Map.of(), Map.of("city", text("Bonn")));
    }
    Selection windows =
        Rows.everything().in(Windows.pair(new Window(0, 10, false), new Window(20, 30, false)));
    Change change = rows.queries().change(windows, RULES, "mae", List.of("city"), Rows.deadline());
    assertThat(change.parts()).extracting(ChangeOfMeasure.Part::name).containsExactly("Bonn");
    assertThat(change.within()).isCloseTo(1, within(1e-12));
    assertThatThrownBy(
            () -> rows.queries().change(windows, RULES, "rmse", List.of("city"), Rows.deadline()))
        .hasMessageContaining("does not split into parts exactly");
  }

  @Test
  void thresholdsAreWorthWhatTheirDecisionsAre() {
    Rows rows = new Rows();
    for (int row = 0; row < 100; row++) {
      double p = row / 100.0;
      rows.add(
          1,
          text(p > 0.5 ? "yes" : "no"),
          text(p > 0.3 ? "yes" : "no"),
          0,
          Map.of("yes", p),
          Map.of());
    }
    BusinessValue value = new BusinessValue(new double[][] {{0, -1}, {-1, 1}});
    Curves curves =
        rows.queries()
            .curves(Rows.everything(), null, value, MeasureVariants.USUAL, Rows.deadline());
    assertThat(curves.oneClass()).isEqualTo("yes");
    assertThat(curves.points()).hasSizeLessThanOrEqualTo(101);
    assertThat(curves.best().threshold()).isCloseTo(0.31, within(0.011));
    assertThat(curves.worth()).hasSameSizeAs(curves.points());
    ThresholdCurve.Point last = curves.points().getLast();
    assertThat(last.counts().truePositives()).isEqualTo(69);
    assertThat(curves.calibration()).hasSize(10);
    assertThat(curves.calibration().getFirst().low()).isZero();
    Curves other =
        rows.queries()
            .curves(Rows.everything(), "no", null, MeasureVariants.USUAL, Rows.deadline());
    assertThat(other.oneClass()).isEqualTo("no");
    assertThat(other.points().getFirst().threshold()).isEqualTo(1);
    // Up to 0.3 nothing is "yes", so that 0.7 of "no" divides best.
    assertThat(other.best().threshold()).isCloseTo(0.7, within(0.011));
  }

  @Test
  void withoutScoresThereAreNoCurves() {
    Rows rows = new Rows().add(text("a"), text("b"), Map.of());
    assertThatThrownBy(
            () ->
                rows.queries()
                    .curves(Rows.everything(), null, null, MeasureVariants.USUAL, Rows.deadline()))
        .hasMessageContaining("labels only");
  }
}
