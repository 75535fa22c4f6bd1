package dev.sightline.stats.drift;

import dev.sightline.stats.learn.BinnedRows;
import dev.sightline.stats.learn.BoostedTrees;
import dev.sightline.stats.probability.Seed;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// How well a learner can tell rows of the current window from those of the reference, all features
/// together: D. Lopez-Paz and M. Oquab, "Revisiting classifier two-sample tests" (2017). It sees
/// what no single feature shows, such as a correlation that is gone.
///
/// @param auc of held-out rows: 0.5 where the windows cannot be told apart, 1 where every row can
/// @param importance of each feature for telling them apart, adding up to 1
@SuppressWarnings("ArrayRecordComponent") // never compared
public record DomainClassifier(double auc, double[] importance, int nReference, int nCurrent) {
  private static final int FOLDS = 5;

  /// From here on the windows differ, as NannyML: it looks at both sides of 0.5.
  public static final double USUAL_LIMIT = 0.65;

  /// @param reference by feature, then by row; NaN is missing
  /// @param current of the same features
  public static DomainClassifier of(double[][] reference, double[][] current, long seed) {
    return of(reference, current, BoostedTrees.Options.USUAL, seed);
  }

  public static DomainClassifier of(
      double[][] reference, double[][] current, BoostedTrees.Options options, long seed) {
    int n = reference[0].length;
    int m = current[0].length;
    if (Math.min(n, m) < 2 * FOLDS) {
      throw new IllegalArgumentException(
          "a domain classifier of " + n + " and " + m + " rows; at least " + 2 * FOLDS);
    }
    BinnedRows rows = BinnedRows.of(joined(reference, current));
    double[] targets = new double[n + m];
    Arrays.fill(targets, n, n + m, 1);
    int[] folds = folds(n, m, seed);
    double[] scores = new double[n + m];
    double[] importance = new double[reference.length];
    for (int fold = 0; fold < FOLDS; fold++) {
      BoostedTrees trees = BoostedTrees.chances(rows, rowsOf(folds, fold, false), targets, options);
      for (int row : rowsOf(folds, fold, true)) {
        scores[row] = trees.of(rows, row);
      }
      double[] ofFold = trees.importance();
      for (int feature = 0; feature < importance.length; feature++) {
        importance[feature] += ofFold[feature] / FOLDS;
      }
    }
    double auc = auc(Arrays.copyOf(scores, n), Arrays.copyOfRange(scores, n, n + m));
    return new DomainClassifier(auc, importance, n, m);
  }

  static double[][] joined(double[][] reference, double[][] current) {
    double[][] joined = new double[reference.length][];
    for (int feature = 0; feature < reference.length; feature++) {
      int n = reference[feature].length;
      joined[feature] = Arrays.copyOf(reference[feature], n + current[feature].length);
      System.arraycopy(current[feature], 0, joined[feature], n, current[feature].length);
    }
    return joined;
  }

  /// Folds that have the same share of both windows.
  private static int[] folds(int n, int m, long seed) {
    RandomGenerator random = Seed.generator(seed);
    int[] folds = new int[n + m];
    for (int[] span : new int[][] {{0, n}, {n, n + m}}) {
      for (int row = span[0]; row < span[1]; row++) {
        int other = span[0] + random.nextInt(row - span[0] + 1);
        folds[row] = folds[other];
        folds[other] = (row - span[0]) % FOLDS;
      }
    }
    return folds;
  }

  private static int[] rowsOf(int[] folds, int fold, boolean inside) {
    int[] rows = new int[folds.length];
    int count = 0;
    for (int row = 0; row < folds.length; row++) {
      if ((folds[row] == fold) == inside) {
        rows[count++] = row;
      }
    }
    return Arrays.copyOf(rows, count);
  }

  /// The chance that a current row has a higher score than one of the reference; ties count half.
  ///
  /// @param first scores of the reference, sorted here
  /// @param second of current rows
  static double auc(double[] first, double[] second) {
    int n = first.length;
    Arrays.sort(first);
    Arrays.sort(second);
    double wins = 0;
    int below = 0;
    int upTo = 0;
    for (double score : second) {
      while (below < n && first[below] < score) {
        below++;
      }
      upTo = Math.max(upTo, below);
      while (upTo < n && first[upTo] == score) {
        upTo++;
      }
      wins += below + (upTo - below) / 2.0;
    }
    return wins / n / second.length;
  }
}
