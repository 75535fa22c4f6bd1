package dev.sightline.stats.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.stats.Lcg;
import dev.sightline.stats.Oracle;
import dev.sightline.testkit.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Estimates where the window's features are not those of the reference.
class ShiftedEstimateTest {
  /// A model that sees only x, and is right or wrong by a hidden y that both windows tell.
  private record World(double[][] features, double[] scores, boolean[] positive) {
    static World of(Random random, int n, double share) {
      double[][] features = new double[2][n];
      double[] scores = new double[n];
      boolean[] positive = new boolean[n];
      for (int row = 0; row < n; row++) {
        boolean easy = random.nextDouble() < share;
        features[0][row] = random.nextGaussian();
        features[1][row] = (easy ? 1 : -1) + random.nextGaussian() / 4;
        scores[row] = 1 / (1 + Math.exp(-2 * features[0][row]));
        double chance = easy ? scores[row] : 0.5 + (scores[row] - 0.5) / 4;
        positive[row] = random.nextDouble() < chance;
      }
      return new World(features, scores, positive);
    }

    double accuracy() {
      int right = 0;
      for (int row = 0; row < scores.length; row++) {
        right += scores[row] >= 0.5 == positive[row] ? 1 : 0;
      }
      return (double) right / scores.length;
    }

    double estimated(IsotonicCalibration calibration) {
      ExpectedCounts counts = new ExpectedCounts();
      for (double score : scores) {
        counts.add(calibration.of(score), score >= 0.5);
      }
      return Oracle.value(counts.accuracy(0.95));
    }
  }

  @Test
  void weighingTheReferenceFollowsTheShift() {
    double plain = 0;
    double weighed = 0;
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      World reference = World.of(random, 6_000, 0.8);
      World current = World.of(random, 4_000, 0.2);
      DensityRatio ratio = DensityRatio.of(reference.features, current.features, seed);
      assertThat(Arrays.stream(ratio.weights()).average().orElse(0)).isCloseTo(1, within(1e-9));
      assertThat(ratio.effectiveRows()).isBetween(500.0, 6_000.0);
      double realised = current.accuracy();
      IsotonicCalibration before = IsotonicCalibration.fit(reference.scores, reference.positive);
      IsotonicCalibration after = ratio.calibration(reference.scores, reference.positive);
      plain += Math.abs(current.estimated(before) - realised) / 5;
      weighed += Math.abs(current.estimated(after) - realised) / 5;
    }
    assertThat(plain).isGreaterThan(0.08);
    assertThat(weighed).isLessThan(0.025);
  }

  @Test
  void equalWeightsChangeNothing() {
    Seeds.check(
        20,
        seed -> {
          Random random = new Random(seed);
          World world = World.of(random, 500, 0.5);
          double[] scores = Arrays.stream(world.scores).map(s -> Math.rint(s * 50) / 50).toArray();
          double[] weights = new double[500];
          Arrays.fill(weights, 3.0);
          IsotonicCalibration want = IsotonicCalibration.fit(scores, world.positive);
          IsotonicCalibration got = IsotonicCalibration.fit(scores, world.positive, weights);
          for (double score = 0; score <= 1; score += 0.01) {
            assertThat(got.of(score)).isCloseTo(want.of(score), within(1e-12));
          }
        });
  }

  /// Errors are larger where x is; the window has more of such rows, and so a larger expected
  /// error.
  @Test
  void directLossFollowsTheShift() {
    for (int seed = 0; seed < 4; seed++) {
      Random random = new Random(seed);
      double[][] reference = world(random, 4_000, 0);
      double[][] current = world(random, 2_000, 1);
      double[][] features = {reference[0], reference[1]};
      DirectLoss absolute =
          DirectLoss.fit(features, reference[2], reference[3], DirectLoss.Loss.ABSOLUTE);
      double before = meanError(reference);
      double realised = meanError(current);
      double estimate =
          Oracle.value(absolute.mean(new double[][] {current[0], current[1]}, current[2], 0.95));
      assertThat(realised).isGreaterThan(1.3 * before);
      assertThat(estimate).isCloseTo(realised, within(0.15 * realised));
    }
  }

  /// The same rows as scikit-learn's trees: those of the window have a wider second feature, with
  /// which errors grow.
  @Test
  void directLossIsThatOfScikitLearnsTrees() {
    for (JsonNode want : Oracle.committed("learners.json").get("losses")) {
      Lcg lcg = new Lcg(want.get("seed").asLong());
      double[][] reference = rows(lcg, 3_000, 0);
      double[] truths = truths(lcg, reference);
      double[][] current = rows(lcg, 1_000, 1.5);
      double[] later = truths(lcg, current);
      double realised = 0;
      for (int row = 0; row < later.length; row++) {
        realised += Math.abs(later[row] - current[0][row]) / later.length;
      }
      assertThat(realised).isCloseTo(want.get("realised").asDouble(), within(1e-9));
      DirectLoss trees = DirectLoss.fit(reference, reference[0], truths, DirectLoss.Loss.ABSOLUTE);
      double estimate = Oracle.value(trees.mean(current, current[0], 0.95));
      // Bins and ties are others than scikit-learn's.
      assertThat(estimate).isCloseTo(want.get("estimated").asDouble(), within(0.02));
      assertThat(estimate).isGreaterThan(want.get("before").asDouble());
    }
  }

  private static double[][] rows(Lcg lcg, int n, double link) {
    double[][] rows = new double[3][n];
    for (int row = 0; row < n; row++) {
      rows[0][row] = lcg.normal();
      double second = lcg.normal();
      rows[2][row] = lcg.normal();
      rows[1][row] = link * rows[0][row] + second;
    }
    return rows;
  }

  private static double[] truths(Lcg lcg, double[][] rows) {
    double[] truths = new double[rows[0].length];
    for (int row = 0; row < truths.length; row++) {
      truths[row] = rows[0][row] + lcg.normal() * (0.5 + Math.abs(rows[1][row]));
    }
    return truths;
  }

  /// Two features, the prediction, the truth.
  private static double[][] world(Random random, int n, double shift) {
    double[][] rows = new double[4][n];
    for (int row = 0; row < n; row++) {
      rows[0][row] = random.nextGaussian() + shift;
      rows[1][row] = random.nextGaussian();
      rows[2][row] = rows[1][row];
      rows[3][row] = rows[1][row] + random.nextGaussian() * Math.exp(rows[0][row] / 2);
    }
    return rows;
  }

  private static double meanError(double[][] rows) {
    double sum = 0;
    for (int row = 0; row < rows[2].length; row++) {
      sum += Math.abs(rows[3][row] - rows[2][row]);
    }
    return sum / rows[2].length;
  }
}
