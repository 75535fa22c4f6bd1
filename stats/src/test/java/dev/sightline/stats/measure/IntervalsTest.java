package dev.sightline.stats.measure;

import static dev.sightline.stats.Oracle.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Draws windows again and again from laws whose measures are known, and counts how often intervals
/// hold them.
class IntervalsTest {
  private static final double LEVEL = 0.95;
  private static final int ROUNDS = 400;
  private static final Resampling FEW = new Resampling(LEVEL, 200, 1);

  /// @param rows of each window
  /// @param measures of a window of some rows, by name
  private static void check(
      int rows, int least, int most, Function<Drawn, Map<String, Measured>> measures) {
    Map<String, Measured> truth = measures.apply(new Drawn(new Random(4711), 300_000));
    Map<String, Integer> held = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      measures
          .apply(new Drawn(new Random(round), rows))
          .forEach(
              (name, measured) -> {
                Measured.Known known = (Measured.Known) measured;
                Interval interval = known.interval();
                assertThat(interval).as(name).isNotNull();
                assertThat(known.value())
                    .as(name)
                    .isBetween(interval.low() - 1e-12, interval.high() + 1e-12);
                double want = value(truth.get(name));
                held.merge(
                    name, interval.low() <= want && want <= interval.high() ? 1 : 0, Integer::sum);
              });
    }
    assertThat(held).allSatisfy((name, count) -> assertThat(count).as(name).isBetween(least, most));
  }

  /// Rows of one window; the law of each is written where it is used.
  private record Drawn(Random random, int rows) {}

  @Test
  void areasOfManyClassesHoldTheTrueOnes() {
    check(
        300,
        364,
        394,
        drawn -> {
          ClassProbabilities rows = threeClasses(drawn);
          ClassAreas areas = new ClassAreas(rows, LEVEL);
          Map<String, Measured> found = new LinkedHashMap<>();
          for (Averaging averaging :
              List.of(Averaging.MACRO, Averaging.WEIGHTED, Averaging.MICRO)) {
            found.put("roc " + averaging, areas.rocOneVersusRest(averaging));
            found.put("precision " + averaging, areas.averagePrecision(averaging));
          }
          found.put("pairs", areas.rocOneVersusOne(Averaging.MACRO));
          found.put("pairs weighted", areas.rocOneVersusOne(Averaging.WEIGHTED));
          found.put("precision of one", rows.oneVersusRest(0).averagePrecision(1, LEVEL));
          return found;
        });
  }

  /// Half, three and two tenths of the rows; each class's own score is higher by one.
  private static ClassProbabilities threeClasses(Drawn drawn) {
    int[] truth = new int[drawn.rows()];
    double[] probabilities = new double[drawn.rows() * 3];
    for (int row = 0; row < truth.length; row++) {
      double u = drawn.random().nextDouble();
      truth[row] = u < 0.5 ? 0 : u < 0.8 ? 1 : 2;
      double sum = 0;
      for (int each = 0; each < 3; each++) {
        double score = drawn.random().nextGaussian() + (truth[row] == each ? 1 : 0);
        probabilities[row * 3 + each] = Math.exp(score);
        sum += Math.exp(score);
      }
      for (int each = 0; each < 3; each++) {
        probabilities[row * 3 + each] /= sum;
      }
    }
    return new ClassProbabilities(truth, probabilities, 3);
  }

  @Test
  void explainedVarianceHoldsTheTrueOne() {
    check(
        200,
        370,
        394,
        drawn -> {
          double[] truth = new double[drawn.rows()];
          double[] guess = new double[drawn.rows()];
          ErrorSums sums = new ErrorSums(0.5);
          for (int row = 0; row < truth.length; row++) {
            truth[row] = Math.exp(drawn.random().nextGaussian() / 2);
            guess[row] = 0.3 + 0.8 * truth[row] + 0.3 * drawn.random().nextGaussian();
            sums.add(truth[row], guess[row]);
          }
          RegressionRows rows = new RegressionRows(truth, guess);
          Map<RegressionMeasure, Measured> measures = sums.measures(1, LEVEL);
          Map<String, Measured> found = new LinkedHashMap<>();
          for (RegressionMeasure each :
              List.of(RegressionMeasure.R2, RegressionMeasure.EXPLAINED_VARIANCE)) {
            found.put(each.name(), rows.withInterval(each, measures.get(each), LEVEL));
          }
          return found;
        });
  }

  @Test
  void calibrationErrorsHoldTheTrueOnesAtLeastSoOften() {
    check(
        500,
        380,
        400,
        drawn -> {
          double[] promised = new double[drawn.rows()];
          boolean[] happened = new boolean[drawn.rows()];
          for (int row = 0; row < promised.length; row++) {
            promised[row] = drawn.random().nextDouble();
            happened[row] = drawn.random().nextDouble() < promised[row] * promised[row];
          }
          Calibration found = Calibration.of(promised, happened, 10, FEW);
          return Map.of("expected", found.expectedError(), "worst", found.worstError());
        });
  }

  @Test
  void aModelThatKeepsItsWordMayHaveNoCalibrationError() {
    int held = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(round);
      double[] promised = new double[500];
      boolean[] happened = new boolean[500];
      for (int row = 0; row < promised.length; row++) {
        promised[row] = random.nextDouble();
        happened[row] = random.nextDouble() < promised[row];
      }
      Calibration found = Calibration.of(promised, happened, 10, FEW);
      assertThat(value(found.expectedError())).isPositive();
      held += ((Measured.Known) found.expectedError()).interval().low() == 0 ? 1 : 0;
    }
    assertThat(held).isGreaterThanOrEqualTo(380);
  }

  @Test
  void rankingsHoldTheTrueOnes() {
    for (int mostKept : new int[] {10, 1_000}) {
      check(
          200,
          366,
          394,
          drawn -> {
            RankingSums sums = new RankingSums(List.of(3), mostKept);
            for (int list = 0; list < drawn.rows(); list++) {
              double[] relevance = new double[8];
              double[] scores = new double[8];
              for (int row = 0; row < 8; row++) {
                relevance[row] = drawn.random().nextInt(4) == 0 ? 1 : 0;
                scores[row] = relevance[row] + drawn.random().nextGaussian();
              }
              sums.add(new Ranking(relevance, scores));
            }
            Map<String, Measured> found = new LinkedHashMap<>();
            sums.measures(1, FEW).forEach((cut, value) -> found.put(cut.toString(), value));
            return found;
          });
    }
  }

  @Test
  void whatIsPerfectOnFewRowsIsNotCertain() {
    boolean[] positive = {true, true, true, false, false, false};
    ScoredTruths apart = ScoredTruths.of(new double[] {6, 5, 4, 3, 2, 1}, positive);
    for (Measured perfect : List.of(apart.rocAuc(1, LEVEL), apart.averagePrecision(1, LEVEL))) {
      assertThat(value(perfect)).isEqualTo(1);
      assertThat(((Measured.Known) perfect).interval().low()).isBetween(0.4, 0.5);
    }
    RankingSums sums = new RankingSums(List.of(1), 100);
    for (int list = 0; list < 3; list++) {
      sums.add(new Ranking(new double[] {1, 0}, new double[] {2, 1}));
    }
    assertThat(sums.measures(1, FEW).values())
        .allSatisfy(
            measured -> assertThat(((Measured.Known) measured).interval().low()).isLessThan(0.5));
  }

  @Test
  void aPartIsHeldAgainstTheOthersAsIfTheyWereApart() {
    Random random = new Random(1);
    Spread part = new Spread();
    Spread others = new Spread();
    Spread whole = new Spread();
    for (int row = 0; row < 1_000; row++) {
      double value = random.nextGaussian() + (row < 200 ? 0.3 : 0);
      (row < 200 ? part : others).add(value);
      whole.add(value);
    }
    Measured.Known one = (Measured.Known) part.mean(LEVEL);
    Comparison apart = Comparison.ofDifferentRows((Measured.Known) others.mean(LEVEL), one, LEVEL);
    Comparison inside = Comparison.ofPart(one, (Measured.Known) whole.mean(LEVEL), LEVEL);
    assertThat(inside.difference()).isCloseTo(apart.difference(), within(1e-12));
    assertThat(inside.pValue()).isCloseTo(apart.pValue(), within(1e-4));
    assertThat(inside.pValue()).isLessThan(0.01);
    assertThat(Comparison.ofPart(one, one, LEVEL)).isNull();
  }
}
