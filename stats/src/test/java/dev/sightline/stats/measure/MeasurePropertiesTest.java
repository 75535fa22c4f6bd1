package dev.sightline.stats.measure;

import static dev.sightline.stats.Oracle.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.stats.Oracle;
import dev.sightline.stats.measure.ChangeOfMeasure.Side;
import dev.sightline.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What holds for any rows: merging, bounds, intervals, exact sums.
class MeasurePropertiesTest {
  private static final Resampling FEW = new Resampling(0.95, 100, 1);

  @Test
  void countsMergeInAnyOrderAndEqualTheBatch() {
    Seeds.check(
        50,
        seed -> {
          Random random = new Random(seed);
          ConfusionCounts batch = new ConfusionCounts(1);
          List<ConfusionCounts> hours = new ArrayList<>();
          for (int hour = 0; hour < 5; hour++) {
            ConfusionCounts counts = new ConfusionCounts(1 + random.nextInt(3));
            for (int row = random.nextInt(40); row > 0; row--) {
              int truth = random.nextInt(1 + random.nextInt(9));
              int prediction = random.nextInt(9);
              counts.add(truth, prediction);
              batch.add(truth, prediction);
            }
            hours.add(counts);
          }
          ConfusionCounts forwards = new ConfusionCounts(2);
          hours.forEach(forwards::merge);
          ConfusionCounts backwards = new ConfusionCounts(2);
          hours.reversed().forEach(backwards::merge);
          var rules = new ClassRules(Averaging.WEIGHTED, ZeroDivision.ZERO, 1, 2, 1, FEW);
          var want = ClassificationReport.of(batch, rules);
          assertThat(ClassificationReport.of(forwards, rules)).isEqualTo(want);
          assertThat(ClassificationReport.of(backwards, rules)).isEqualTo(want);
        });
  }

  @Test
  void theIntervalOfAClassF1HoldsTheTrueOneAsOftenAsItSays() {
    double truth = 0.6 / (0.6 + 0.1 + 0.15);
    var rules = new ClassRules(Averaging.MACRO, ZeroDivision.UNDEFINED, 1, 2, 1, FEW);
    Random random = new Random(4711);
    int held = 0;
    for (int round = 0; round < 1_000; round++) {
      ConfusionCounts counts = new ConfusionCounts(2);
      for (int row = 0; row < 200; row++) {
        double draw = random.nextDouble();
        counts.add(draw < 0.45 ? 1 : 0, draw < 0.3 || draw >= 0.9 ? 1 : 0);
      }
      Measured f1 = ClassificationReport.of(counts, rules).classes().get(1).f1();
      Interval interval = ((Measured.Known) f1).interval();
      assertThat(value(f1)).isBetween(interval.low(), interval.high());
      held += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
    }
    assertThat(held).isBetween(930, 970);
  }

  @Test
  void theIntervalOfALossIsNeverBelowZero() {
    int[] truths = new int[40];
    double[] probabilities = new double[40];
    truths[0] = 1;
    var rows = ClassProbabilities.ofBinary(truths, probabilities);
    ErrorSums sums = new ErrorSums(0.5);
    for (int row = 0; row < 40; row++) {
      sums.add(row == 0 ? 5 : 1, 1);
    }
    var errors = sums.measures(1, 0.95);
    List<Measured> losses =
        List.of(
            rows.logLoss(FEW),
            rows.brier(FEW),
            errors.get(RegressionMeasure.MAE),
            errors.get(RegressionMeasure.POISSON_DEVIANCE));
    assertThat(losses)
        .allSatisfy(loss -> assertThat(((Measured.Known) loss).interval().low()).isZero());
    // The mean error has two sides.
    Measured mean = errors.get(RegressionMeasure.ME);
    assertThat(((Measured.Known) mean).interval().low()).isNegative();
  }

  @Test
  void aCorrectedTruthIsCountedOnce() {
    ConfusionCounts counts = new ConfusionCounts(3);
    counts.add(0, 2);
    counts.add(0, 2, -1);
    counts.add(2, 2);
    assertThat(counts.matrix()).isDeepEqualTo(new long[][] {{0, 0, 0}, {0, 0, 0}, {0, 0, 1}});
    assertThat(counts.n()).isEqualTo(1);
    assertThatThrownBy(() -> counts.add(0, 2, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> counts.add(1_000_000, 0)).hasMessageContaining("1000 classes");
  }

  @Test
  void errorSumsMergeInAnyOrderAndEqualTheBatch() {
    Seeds.check(
        50,
        seed -> {
          Random random = new Random(seed);
          ErrorSums batch = new ErrorSums(0.5);
          List<ErrorSums> hours = new ArrayList<>();
          for (int hour = 0; hour < 5; hour++) {
            ErrorSums sums = new ErrorSums(0.5);
            for (int row = random.nextInt(40); row > 0; row--) {
              double truth = 1e6 + random.nextDouble();
              double prediction = 1e6 + random.nextDouble();
              sums.add(truth, prediction);
              batch.add(truth, prediction);
            }
            hours.add(sums);
          }
          ErrorSums forwards = new ErrorSums(0.5);
          hours.forEach(forwards::merge);
          ErrorSums backwards = new ErrorSums(0.5);
          hours.reversed().forEach(backwards::merge);
          for (RegressionMeasure measure : RegressionMeasure.values()) {
            double want = value(batch.measures(1, 0.95).get(measure));
            Oracle.check(measure.name(), value(of(forwards, measure)), want, 1e-9);
            Oracle.check(measure.name(), value(of(backwards, measure)), want, 1e-9);
          }
        });
  }

  @Test
  void nothingIsSaidWithoutRows() {
    for (Measured measured :
        ClassificationReport.of(new ConfusionCounts(2), ClassRules.CLARA).measures().values()) {
      assertThat(measured).isEqualTo(new Measured.NotEnough(0, 1));
    }
    assertThat(new ErrorSums(0.5).measures(30, 0.95).values())
        .allMatch(measured -> measured.equals(new Measured.NotEnough(0, 30)));
    ScoredTruths oneSided = ScoredTruths.of(new double[] {0.1, 0.2}, new boolean[2]);
    assertThat(oneSided.rocAuc(1, 0.95)).isEqualTo(new Measured.Undefined(2, "no positive cases"));
    assertThat(oneSided.rocAuc(30, 0.95)).isEqualTo(new Measured.NotEnough(2, 30));
    assertThatThrownBy(() -> ScoredTruths.of(new double[] {Double.NaN}, new boolean[1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aClassNeverPredictedHasNoPrecision() {
    ConfusionCounts counts = new ConfusionCounts(2);
    counts.add(1, 0);
    counts.add(0, 0);
    var rows = ClassificationReport.of(counts, ClassRules.MACRO).classes();
    assertThat(rows.get(1).precision())
        .isEqualTo(new Measured.Undefined(0, "it was never predicted"));
    assertThat(value(rows.get(1).recall())).isZero();
  }

  @Test
  void wilsonsIntervalIsThatOfTheTextbook() {
    // R. Newcombe (1998), table I: 81 of 263, and 15 of 148, and 0 of 20.
    checkWilson(81, 263, 0.2553, 0.3662);
    checkWilson(15, 148, 0.0624, 0.1605);
    checkWilson(0, 20, 0, 0.1611);
  }

  @Test
  void intervalsHoldTheTruthAboutAsOftenAsTheySay() {
    int held = 0;
    int heldByBootstrap = 0;
    int heldByDeLong = 0;
    int rounds = 400;
    for (int round = 0; round < rounds; round++) {
      Random random = new Random(round);
      ConfusionCounts counts = new ConfusionCounts(2);
      double[] scores = new double[200];
      boolean[] positive = new boolean[200];
      for (int row = 0; row < 200; row++) {
        int truth = random.nextInt(2);
        counts.add(truth, random.nextDouble() < 0.8 ? truth : 1 - truth);
        positive[row] = truth == 1;
        scores[row] = random.nextGaussian() + truth;
      }
      var rules = new ClassRules(Averaging.MACRO, ZeroDivision.ZERO, 1, 2, 1, FEW);
      var measures = ClassificationReport.of(counts, rules).measures();
      held += holds(measures.get(ClassMeasure.ACCURACY), 0.8);
      heldByBootstrap += holds(measures.get(ClassMeasure.MCC), 0.6);
      // P(X + 1 > Y) of two standard normals.
      heldByDeLong += holds(ScoredTruths.of(scores, positive).rocAuc(1, 0.95), 0.7602499389065233);
    }
    assertThat(held).isBetween(368, 392);
    assertThat(heldByBootstrap).isBetween(360, 394);
    assertThat(heldByDeLong).isBetween(366, 394);
  }

  @Test
  void aChangeIsItsPartsExactly() {
    Seeds.check(
        100,
        seed -> {
          Random random = new Random(seed);
          List<Side> sides = new ArrayList<>();
          for (int part = 0; part < 6; part++) {
            int ofBefore = random.nextInt(4) == 0 ? 0 : random.nextInt(100);
            int ofAfter = 1 + random.nextInt(100);
            double hitsAfter = random.nextInt(ofAfter + 1);
            sides.add(
                new Side(
                    "part " + part, random.nextInt(ofBefore + 1), ofBefore, hitsAfter, ofAfter));
          }
          sides.add(new Side("always", 3, 5, 4, 5));
          ChangeOfMeasure change = ChangeOfMeasure.of(sides);
          assertThat(change.mix() + change.within())
              .isCloseTo(change.after() - change.before(), within(1e-12));
        });
  }

  @Test
  void aShiftOfClassesAloneIsMixAlone() {
    ChangeOfMeasure change =
        ChangeOfMeasure.of(
            List.of(new Side("easy", 90, 100, 9, 10), new Side("hard", 10, 20, 45, 90)));
    assertThat(change.within()).isZero();
    assertThat(change.mix()).isCloseTo(54 / 100.0 - 100 / 120.0, within(1e-12));
    assertThat(change.parts()).allMatch(part -> part.mix() < 0);
  }

  @Test
  void versionsAreComparedWithSignificance() {
    Comparison clear = Comparison.ofShares(800, 1000, 700, 1000, 0.95);
    assertThat(clear.pValue()).isLessThan(1e-6);
    assertThat(clear.interval().high()).isLessThan(0);
    assertThat(Comparison.ofShares(80, 100, 79, 100, 0.95).pValue()).isGreaterThan(0.5);
    // binomtest(10, 30).pvalue, and the other way round
    assertThat(Comparison.ofSameRows(10, 20, 100).pValue()).isCloseTo(0.098737, within(1e-6));
    assertThat(Comparison.ofSameRows(20, 10, 100).pValue()).isCloseTo(0.098737, within(1e-6));
    assertThat(Comparison.ofSameRows(0, 0, 100).pValue()).isEqualTo(1);
    ConfusionCounts good = new ConfusionCounts(2);
    good.add(0, 0, 450);
    good.add(1, 1, 450);
    good.add(0, 1, 100);
    ConfusionCounts bad = good.copy();
    bad.add(1, 0, 300);
    var rules = ClassRules.MACRO;
    assertThat(Comparison.ofCounts(good, bad, ClassMeasure.F1, rules).pValue()).isLessThan(0.01);
    assertThat(Comparison.ofCounts(good, good, ClassMeasure.F1, rules).pValue()).isGreaterThan(0.5);
  }

  @Test
  void theBestThresholdIsWorthMost() {
    ScoredTruths scored =
        ScoredTruths.of(
            new double[] {0.9, 0.8, 0.7, 0.2, 0.1}, new boolean[] {true, true, false, true, false});
    ThresholdCurve curve = ThresholdCurve.of(scored, 100);
    var strict = new BusinessValue(new double[][] {{0, -10}, {0, 1}});
    var lenient = new BusinessValue(new double[][] {{0, -1}, {-10, 1}});
    assertThat(curve.best(strict).threshold()).isEqualTo(0.8);
    assertThat(curve.best(lenient).threshold()).isEqualTo(0.2);
  }

  @Test
  void claraDaysRepeatTheDayBefore() {
    assertThat(
            CarriedForward.of(
                List.of(
                    new Measured.NotEnough(0, 1),
                    new Measured.Known(0.5, 3, null),
                    new Measured.NotEnough(0, 1))))
        .containsExactly(0.75, 0.5, 0.5);
  }

  @Test
  void listsAreRankedByTheFirstRelevantRow() {
    Ranking ranking = new Ranking(new double[] {0, 1, 0, 1}, new double[] {4, 3, 2, 1});
    assertThat(value(ranking.reciprocalRank(10))).isEqualTo(0.5);
    assertThat(value(ranking.averagePrecision(10))).isEqualTo(0.5);
    assertThat(value(ranking.averagePrecision(2))).isEqualTo(0.25);
    assertThat(value(ranking.precisionAt(2))).isEqualTo(0.5);
    assertThat(value(ranking.recallAt(3))).isEqualTo(0.5);
    assertThat(value(ranking.hit(1))).isZero();
    assertThat(new Ranking(new double[2], new double[2]).ndcg(2))
        .isInstanceOf(Measured.Undefined.class);
  }

  private static Measured of(ErrorSums sums, RegressionMeasure measure) {
    return sums.measures(1, 0.95).get(measure);
  }

  private static int holds(Measured measured, double truth) {
    Interval interval = ((Measured.Known) measured).interval();
    return interval.low() <= truth && truth <= interval.high() ? 1 : 0;
  }

  private static void checkWilson(int hits, int n, double low, double high) {
    Interval interval = Wilson.interval(hits, n, 0.95);
    assertThat(interval.low()).isCloseTo(low, within(5e-5));
    assertThat(interval.high()).isCloseTo(high, within(5e-5));
  }
}
