package dev.sightline.quality.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.time.Clock;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.rows.TimeOf;
import dev.sightline.quality.window.CalendarStep;
import dev.sightline.quality.window.Windows;
import dev.sightline.stats.measure.Averaging;
import dev.sightline.stats.measure.ErrorSums;
import dev.sightline.stats.measure.Measured;
import dev.sightline.testkit.Seeds;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PerformanceTest {
  private static final CalendarStep DAYS = new CalendarStep(Duration.ofDays(1), ZoneId.of("UTC"));
  private static final long DAY_MS = 86_400_000;

  private static Datum text(Object value) {
    return new Datum.Text(value.toString());
  }

  private static Datum amount(double value) {
    return new Datum.Amount(value);
  }

  private static List<WindowScores> days(Rows rows, int days, Averaging averaging, TimeOf timeOf) {
    Selection selection =
        new Selection("m", null, List.of(), Windows.of(0, days * DAY_MS, DAYS), timeOf);
    return rows.queries("classification")
        .performance(selection, Rows.rules(averaging), Rows.deadline())
        .windows();
  }

  @Test
  void claraIsThatOfTheMonitorToTheLastDigit() {
    int[] truths = {0, 0, 0, 1, 1, 2, 2, 2, 2, 3, 5, 5};
    int[] outputs = {0, 0, 1, 1, 2, 2, 2, 0, 2, 4, 5, 0};
    Rows rows = new Rows();
    for (int row = 0; row < truths.length; row++) {
      // Predicted on the first day, known on the third, of which the others are filled.
      rows.add(
          row, amount(outputs[row]), amount(truths[row]), 2 * DAY_MS + row, Map.of(), Map.of());
    }
    List<WindowScores> days = days(rows, 5, Averaging.CLARA, TimeOf.TRUTH);

    for (int before : new int[] {0, 1}) {
      for (String measure : List.of("accuracy", "precision", "recall", "f1")) {
        assertThat(Rows.value(days.get(before), measure)).isEqualTo(0.75);
      }
    }
    for (int day : new int[] {2, 3, 4}) {
      assertThat(Rows.value(days.get(day), "precision")).isEqualTo(0.7083333333333334);
      assertThat(Rows.value(days.get(day), "recall")).isEqualTo(0.5833333333333334);
      assertThat(Rows.value(days.get(day), "f1")).isEqualTo(0.5873015873015873);
      assertThat(Rows.value(days.get(day), "accuracy")).isEqualTo(0.5833333333333334);
    }
    assertThat(days)
        .extracting(WindowScores::carried)
        .containsExactly(true, true, false, true, true);
    assertThat(days.get(3).measures().get("f1").n()).isZero();
    WindowScores honest = rows.whole(Averaging.MACRO);
    assertThat(honest.carried()).isFalse();
  }

  @Test
  void outsideOfClarasModeADayWithoutRowsHasNoMeasures() {
    Rows rows = new Rows().add(text("a"), text("a"), Map.of());
    List<WindowScores> days = days(rows, 2, Averaging.MACRO, TimeOf.PREDICTION);
    assertThat(days.get(0).measures()).isNotEmpty();
    assertThat(days.get(1).measures()).isEmpty();
    assertThat(((WindowScores.Classes) days.get(1).detail()).confusion()).isEmpty();
  }

  @Test
  void windowsAddUpToTheWhole() {
    Seeds.check(
        200,
        seed -> {
          Random random = new Random(seed);
          Rows rows = new Rows();
          int count = 1 + random.nextInt(200);
          for (int row = 0; row < count; row++) {
            Datum truth = random.nextInt(4) == 0 ? null : text((char) ('a' + random.nextInt(4)));
            Datum output = text((char) ('a' + random.nextInt(4)));
            rows.add(random.nextLong(5 * DAY_MS), output, truth, 0, Map.of(), Map.of());
          }
          Performance whole =
              rows.queries()
                  .performance(Rows.everything(), Rows.rules(Averaging.MACRO), Rows.deadline());
          List<WindowScores> days = days(rows, 5, Averaging.MACRO, TimeOf.PREDICTION);
          WindowScores all = whole.windows().getFirst();
          assertThat(days.stream().mapToLong(WindowScores::n).sum()).isEqualTo(all.n());
          assertThat(days.stream().mapToLong(WindowScores::labelled).sum())
              .isEqualTo(all.labelled());
          long[][] sums = new long[whole.classes().size()][whole.classes().size()];
          for (WindowScores day : days) {
            long[][] counts = ((WindowScores.Classes) day.detail()).confusion();
            for (int truth = 0; truth < counts.length; truth++) {
              for (int output = 0; output < counts.length; output++) {
                sums[truth][output] += counts[truth][output];
              }
            }
          }
          if (all.labelled() > 0) {
            assertThat(((WindowScores.Classes) all.detail()).confusion()).isDeepEqualTo(sums);
          }
        });
  }

  @Test
  void errorsOfWindowsMergeToThoseOfTheWhole() {
    Seeds.check(
        200,
        seed -> {
          Random random = new Random(seed);
          ErrorSums whole = new ErrorSums(0.5);
          ErrorSums merged = new ErrorSums(0.5);
          Rows rows = new Rows();
          for (int part = 0; part < 5; part++) {
            ErrorSums sums = new ErrorSums(0.5);
            for (int row = 0; row < 1 + random.nextInt(20); row++) {
              double truth = 1 + random.nextDouble();
              double output = 1 + random.nextDouble();
              sums.add(truth, output);
              whole.add(truth, output);
              rows.add(amount(output), amount(truth), Map.of());
            }
            merged.merge(sums);
          }
          WindowScores scores = rows.whole(Averaging.MACRO);
          merged
              .measures(1, 0.95)
              .forEach(
                  (measure, value) -> {
                    if (value instanceof Measured.Known(double want, _, _)) {
                      assertThat(Rows.value(scores, NumberScores.name(measure)))
                          .as(measure.name())
                          .isCloseTo(want, within(1e-9));
                    }
                  });
        });
  }

  @Test
  void whetherNumbersOrClassesArePredictedIsSeenFromTheRows() {
    Rows classes = new Rows();
    Rows numbers = new Rows();
    for (int row = 0; row < 10; row++) {
      classes.add(amount(row % 2), amount(1), Map.of());
      numbers.add(amount(row + 0.5), amount(row), Map.of());
    }
    assertThat(task(classes)).isEqualTo(Task.CLASSIFICATION);
    assertThat(task(numbers)).isEqualTo(Task.REGRESSION);
    assertThat(
            numbers
                .queries("classification")
                .performance(Rows.everything(), MeasureRules.DEFAULT, Rows.deadline())
                .task())
        .isEqualTo(Task.CLASSIFICATION);
  }

  private static Task task(Rows rows) {
    return rows.queries()
        .performance(Rows.everything(), MeasureRules.DEFAULT, Rows.deadline())
        .task();
  }

  @Test
  void probabilitiesThatAreNotSentAreWhatIsLeft() {
    Rows rows = new Rows();
    rows.add(text("yes"), text("yes"), Map.of("yes", 0.9, "no", 0.1));
    rows.add(text("no"), text("no"), Map.of("yes", 0.2));
    rows.add(text("no"), text("yes"), Map.of("no", 0.6));
    rows.add(text("no"), text("no"), Map.of());
    WindowScores scores = rows.whole(Averaging.BINARY);
    assertThat(Rows.value(scores, "roc_auc")).isEqualTo(1);
    assertThat(scores.measures().get("roc_auc").n()).isEqualTo(3);
    assertThat(Rows.value(scores, "brier")).isCloseTo((0.01 + 0.04 + 0.36) / 3, within(1e-12));
    assertThat(scores.labelled()).isEqualTo(4);
  }

  @Test
  void withoutScoresItSaysWhatIsMissing() {
    Rows rows = new Rows().add(text("a"), text("b"), Map.of());
    Performance found =
        rows.queries().performance(Rows.everything(), Rows.rules(Averaging.MACRO), Rows.deadline());
    assertThat(found.notes()).containsExactly("labels only: AUC and estimates unavailable");
    assertThat(found.windows().getFirst().measures()).doesNotContainKeys("roc_auc", "log_loss");
  }

  @Test
  void listsAreNoClassesAndAreLeftOutAloud() {
    Rows rows = new Rows().add(new Datum.Items(List.of()), text("b"), Map.of());
    Performance found =
        rows.queries().performance(Rows.everything(), Rows.rules(Averaging.MACRO), Rows.deadline());
    assertThat(found.notes())
        .containsExactly("1 labelled rows are left out: a list or an object is no class");
    assertThat(found.windows().getFirst().labelled()).isZero();
  }

  @Test
  void moreClassesThanCanBeCountedAreRefused() {
    Rows rows = new Rows();
    for (int row = 0; row <= ClassCodes.MOST; row++) {
      rows.add(text("class" + row), text("x"), Map.of());
    }
    assertThatThrownBy(() -> rows.whole(Averaging.MACRO))
        .isInstanceOf(QueryException.LimitExceeded.class)
        .hasMessageContaining("more than 200 different classes");
  }

  @Test
  void aQuestionThatTakesTooLongIsGivenUp() {
    Rows rows = new Rows().add(text("a"), text("b"), Map.of());
    Clock running =
        new Clock() {
          private long ns;

          @Override
          public long nowMs() {
            return 0;
          }

          @Override
          public long monotonicNs() {
            return ns += 1_000_000_000;
          }
        };
    Deadline deadline = Deadline.in(Duration.ofMillis(500), running);
    assertThatThrownBy(
            () -> rows.queries().performance(Rows.everything(), MeasureRules.DEFAULT, deadline))
        .isInstanceOf(QueryException.TimedOut.class)
        .hasMessageContaining("500 ms");
  }

  @Test
  void residualsAreCountedOnceEach() {
    Rows rows = new Rows();
    Random random = new Random(1);
    for (int row = 0; row < 500; row++) {
      rows.add(amount(random.nextGaussian()), amount(0.5), Map.of());
    }
    WindowScores.Residuals residuals =
        (WindowScores.Residuals) rows.whole(Averaging.MACRO).detail();
    assertThat(residuals.bounds()).hasSize(21).isSorted();
    assertThat(Arrays.stream(residuals.counts()).sum()).isEqualTo(500);
  }
}
