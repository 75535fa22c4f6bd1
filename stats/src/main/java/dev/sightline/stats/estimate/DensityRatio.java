package dev.sightline.stats.estimate;

import dev.sightline.stats.learn.BinnedRows;
import dev.sightline.stats.learn.BoostedTrees;
import dev.sightline.stats.probability.Seed;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// How much more frequent rows like each of the reference's are in the current window: weights that
/// make the reference look like the window.
///
/// @param weights by row of the reference; their mean is 1
/// @param effectiveRows how many rows without weights would tell as much; few say that the
///   reference knows little of what comes now
@SuppressWarnings("ArrayRecordComponent") // never compared
public record DensityRatio(double[] weights, double effectiveRows) {
  /*
   * S. Bickel, M. Brückner, T. Scheffer, "Discriminative learning under covariate shift" (2009): a
   * classifier that tells current rows from the reference's gives the ratio of densities as the odds of
   * its answer, times n/m. Each row is judged by trees that have not seen it. Odds are cut at 1:50, so
   * that no single row becomes the window.
   */
  private static final int FOLDS = 3;
  private static final double MOST = 50;
  private static final BoostedTrees.Options TREES = new BoostedTrees.Options(60, 15, 0.1, 20, 1);

  /// @param reference by feature, then by row; NaN is missing
  /// @param current of the same features
  public static DensityRatio of(double[][] reference, double[][] current, long seed) {
    int n = reference[0].length;
    int m = current[0].length;
    double[][] joined = new double[reference.length][];
    for (int feature = 0; feature < reference.length; feature++) {
      joined[feature] = Arrays.copyOf(reference[feature], n + m);
      System.arraycopy(current[feature], 0, joined[feature], n, m);
    }
    BinnedRows rows = BinnedRows.of(joined);
    double[] targets = new double[n + m];
    Arrays.fill(targets, n, n + m, 1);
    RandomGenerator random = Seed.generator(seed);
    int[] fold = new int[n + m];
    for (int row = 0; row < n + m; row++) {
      fold[row] = random.nextInt(FOLDS);
    }
    double[] weights = new double[n];
    for (int held = 0; held < FOLDS; held++) {
      BoostedTrees trees = BoostedTrees.chances(rows, othersThan(fold, held), targets, TREES);
      for (int row = 0; row < n; row++) {
        if (fold[row] == held) {
          double chance = trees.of(rows, row);
          double odds = chance / Math.max(1e-12, 1 - chance) * n / m;
          weights[row] = Math.clamp(odds, 1 / MOST, MOST);
        }
      }
    }
    return scaled(weights);
  }

  private static int[] othersThan(int[] fold, int held) {
    int[] rows = new int[fold.length];
    int count = 0;
    for (int row = 0; row < fold.length; row++) {
      if (fold[row] != held) {
        rows[count++] = row;
      }
    }
    return Arrays.copyOf(rows, count);
  }

  private static DensityRatio scaled(double[] weights) {
    double sum = Arrays.stream(weights).sum();
    double squares = 0;
    for (int row = 0; row < weights.length; row++) {
      weights[row] *= weights.length / sum;
      squares += weights[row] * weights[row];
    }
    return new DensityRatio(weights, weights.length * (double) weights.length / squares);
  }

  /// A calibration that keeps its word on rows as they come now: probabilistic adaptive performance
  /// estimation (PAPE), as J. Białek et al. describe it (arXiv 2401.08348, 2024).
  ///
  /// @param scores of the reference
  public IsotonicCalibration calibration(double[] scores, boolean[] positive) {
    return IsotonicCalibration.fit(scores, positive, weights);
  }
}
