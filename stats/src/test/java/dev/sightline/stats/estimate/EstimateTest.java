package dev.sightline.stats.estimate;

import static dev.sightline.stats.Oracle.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.stats.Lcg;
import dev.sightline.stats.Oracle;
import dev.sightline.stats.measure.ConfusionCounts;
import dev.sightline.stats.measure.Interval;
import dev.sightline.stats.measure.Measured;
import dev.sightline.stats.measure.ScoredTruths;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Estimates against the values of other products, and against what then happened.
class EstimateTest {
  @Test
  void calibrationEqualsScikitLearn() {
    JsonNode want = Oracle.shared().get("binary");
    Rows rows = rows(want.get("n").asInt());
    IsotonicCalibration calibration = IsotonicCalibration.fit(rows.p, rows.y);
    for (String score : want.get("isotonic_at").propertyNames()) {
      double probability = want.get("isotonic_at").get(score).asDouble();
      Oracle.check(score, calibration.of(Double.parseDouble(score)), probability, 1e-12);
    }
  }

  @Test
  void calibrationEqualsTheCommittedValues() {
    for (JsonNode each : Oracle.committed("measures.json").get("isotonic")) {
      Lcg lcg = new Lcg(each.get("seed").asLong());
      int n = each.get("n").asInt();
      int steps = each.get("steps").asInt();
      double[] scores = new double[n];
      boolean[] positive = new boolean[n];
      for (int row = 0; row < n; row++) {
        double u = lcg.u();
        scores[row] = steps == 0 ? u : Math.floor(u * steps) / steps;
        positive[row] = lcg.u() < u * u;
      }
      IsotonicCalibration calibration = IsotonicCalibration.fit(scores, positive);
      for (int place = 0; place < each.get("at").size(); place++) {
        double score = each.get("at").get(place).asDouble();
        double probability = each.get("want").get(place).asDouble();
        Oracle.check("seed " + each.get("seed"), calibration.of(score), probability, 1e-12);
      }
    }
  }

  @Test
  void expectedCountsEqualNannyMl() {
    JsonNode want = Oracle.shared().get("binary");
    Rows rows = rows(want.get("n").asInt());
    check(want.get("cbpe_uncal"), expected(rows, rows.p));
    check(want.get("cbpe_cal"), expected(rows, IsotonicCalibration.fit(rows.p, rows.y).of(rows.p)));
  }

  @Test
  void realisedValuesFallIntoTheBand() {
    int[] held = new int[5];
    int rounds = 400;
    for (int round = 0; round < rounds; round++) {
      Random random = new Random(round);
      ExpectedCounts expected = new ExpectedCounts();
      ConfusionCounts realised = new ConfusionCounts(2);
      for (int row = 0; row < 500; row++) {
        double p = random.nextDouble();
        boolean predicted = p > 0.4;
        expected.add(p, predicted);
        realised.add(random.nextDouble() < p ? 1 : 0, predicted ? 1 : 0);
      }
      double tp = realised.count(1, 1);
      held[0] += holds(expected.accuracy(0.95), realised.correct() / 500.0);
      held[1] += holds(expected.precision(0.95), tp / realised.predicted(1));
      held[2] += holds(expected.recall(0.95), tp / realised.support(1));
      double specificity = (double) realised.count(0, 0) / realised.support(0);
      held[3] += holds(expected.specificity(0.95), specificity);
      held[4] += holds(expected.f1(0.95), 2 * tp / (realised.predicted(1) + realised.support(1)));
    }
    assertThat(Arrays.stream(held).boxed().toList())
        .allMatch(times -> times >= 366 && times <= 394);
  }

  @Test
  void theExpectedAreaIsTheRealisedOne() {
    Random random = new Random(4);
    int n = 200_000;
    double[] scores = new double[n];
    boolean[] positive = new boolean[n];
    for (int row = 0; row < n; row++) {
      scores[row] = Math.floor(random.nextDouble() * 1000) / 1000;
      positive[row] = random.nextDouble() < scores[row] * scores[row];
    }
    ExpectedCurves curves = ExpectedCurves.of(scores, score -> score * score);
    ScoredTruths realised = ScoredTruths.of(scores, positive);
    assertThat(value(curves.rocAuc())).isCloseTo(value(realised.rocAuc(1, 0.95)), within(0.005));
    assertThat(value(curves.averagePrecision()))
        .isCloseTo(value(realised.averagePrecision(1, 0.95)), within(0.005));
    // Certain scores give the area exactly.
    double[] sure = {0, 0, 1, 1, 1};
    assertThat(value(ExpectedCurves.of(sure, score -> score).rocAuc())).isEqualTo(1);
    // Equal scores order nothing.
    assertThat(value(ExpectedCurves.of(new double[] {0.3, 0.3}, score -> score).rocAuc()))
        .isCloseTo(0.5, within(1e-12));
    assertThat(ExpectedCurves.of(new double[] {1, 1}, score -> score).rocAuc())
        .isEqualTo(new Measured.Undefined(2, "only one class is expected"));
  }

  @Test
  void hoursMerge() {
    Rows rows = rows(400);
    ExpectedCounts first = new ExpectedCounts();
    ExpectedCounts second = new ExpectedCounts();
    for (int row = 0; row < 400; row++) {
      (row % 3 == 0 ? first : second).add(rows.p[row], rows.p[row] > 0.5);
    }
    first.merge(second);
    double batch = value(expected(rows, rows.p).f1(0.95));
    assertThat(value(first.f1(0.95))).isCloseTo(batch, within(1e-12));
    assertThat(first.n()).isEqualTo(400);
    assertThat(new ExpectedCounts().accuracy(0.95)).isEqualTo(new Measured.NotEnough(0, 1));
  }

  @Test
  void manyClassesAreExpectedAsTheyHappen() {
    Random random = new Random(8);
    ExpectedConfusion expected = new ExpectedConfusion(3);
    ExpectedConfusion certain = new ExpectedConfusion(3);
    int[][] realised = new int[3][3];
    for (int row = 0; row < 50_000; row++) {
      double[] p = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
      double sum = p[0] + p[1] + p[2];
      int predicted = p[0] > p[1] ? (p[0] > p[2] ? 0 : 2) : (p[1] > p[2] ? 1 : 2);
      double draw = random.nextDouble() * sum;
      int truth = draw < p[0] ? 0 : draw < p[0] + p[1] ? 1 : 2;
      expected.add(p, predicted);
      double[] one = new double[3];
      one[truth] = 1;
      certain.add(one, predicted);
      realised[truth][predicted]++;
    }
    for (int truth = 0; truth < 3; truth++) {
      for (int predicted = 0; predicted < 3; predicted++) {
        assertThat(certain.cell(truth, predicted)).isEqualTo(realised[truth][predicted]);
        assertThat(expected.cell(truth, predicted))
            .isCloseTo(realised[truth][predicted], within(400.0));
      }
    }
    assertThat(value(expected.accuracy())).isCloseTo(value(certain.accuracy()), within(0.01));
    assertThat(value(expected.macroF1())).isCloseTo(value(certain.macroF1()), within(0.01));
    assertThat(value(expected.macroRecall())).isCloseTo(value(certain.macroRecall()), within(0.01));
    assertThat(value(expected.macroPrecision()))
        .isCloseTo(value(certain.macroPrecision()), within(0.01));
  }

  private record Rows(double[] p, boolean[] y) {}

  private static Rows rows(int n) {
    Lcg lcg = new Lcg(7);
    Rows rows = new Rows(new double[n], new boolean[n]);
    for (int row = 0; row < n; row++) {
      rows.p[row] = lcg.u();
    }
    for (int row = 0; row < n; row++) {
      rows.y[row] = lcg.u() < Math.pow(rows.p[row], 1.3);
    }
    return rows;
  }

  private static ExpectedCounts expected(Rows rows, double[] calibrated) {
    ExpectedCounts expected = new ExpectedCounts();
    for (int row = 0; row < calibrated.length; row++) {
      expected.add(calibrated[row], rows.p[row] > 0.5);
    }
    return expected;
  }

  private static void check(JsonNode want, ExpectedCounts got) {
    Oracle.check("accuracy", value(got.accuracy(0.95)), want.get("accuracy").asDouble(), 1e-12);
    Oracle.check("precision", value(got.precision(0.95)), want.get("precision").asDouble(), 1e-12);
    Oracle.check("recall", value(got.recall(0.95)), want.get("recall").asDouble(), 1e-12);
  }

  private static int holds(Measured measured, double realised) {
    Interval interval = ((Measured.Known) measured).interval();
    return interval.low() <= realised && realised <= interval.high() ? 1 : 0;
  }
}
