package dev.sightline.stats.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A sum of small decision trees, each fitted to what those before got wrong: J. Friedman, "Greedy
/// function approximation: a gradient boosting machine" (2001), with histograms as G. Ke et al.,
/// "LightGBM" (2017). For numbers, or for the chance of one of two classes.
///
/// Unchangeable.
public final class BoostedTrees {
  /*
   * Each tree is grown leaf by leaf: the leaf whose best cut gains most is cut next. With G and H the
   * sums of gradients and curvatures of a part's rows, a cut gains
   *     G_l² / (H_l + λ) + G_r² / (H_r + λ) - G² / (H + λ)
   * and a leaf's value is -G / (H + λ) times the rate. Missing values go to the side that gains more.
   * Squared loss has gradient F - y and curvature 1; logistic loss p - y and p (1 - p).
   */
  private final double start;
  private final boolean logistic;
  private final List<GrownTree> trees;
  private final double[] gains;

  private BoostedTrees(double start, boolean logistic, List<GrownTree> trees, double[] gains) {
    this.start = start;
    this.logistic = logistic;
    this.trees = List.copyOf(trees);
    this.gains = gains;
  }

  /// How trees are grown; the defaults are LightGBM's.
  ///
  /// @param trees how many
  /// @param leaves of each at most
  /// @param rate by which each tree's answer is scaled
  /// @param minimum rows of a leaf
  /// @param lambda by which leaves are pulled towards 0
  public record Options(int trees, int leaves, double rate, int minimum, double lambda) {
    public static final Options USUAL = new Options(100, 31, 0.1, 20, 0);
  }

  /// Fits the mean of a number.
  ///
  /// @param rows to fit on, their places in `all`
  public static BoostedTrees numbers(
      BinnedRows all, int[] rows, double[] targets, Options options) {
    double mean = Arrays.stream(rows).mapToDouble(row -> targets[row]).average().orElse(0);
    return fit(all, rows, targets, mean, false, options);
  }

  /// Fits the chance of a class.
  ///
  /// @param targets 1 where a row is of the class, else 0
  public static BoostedTrees chances(
      BinnedRows all, int[] rows, double[] targets, Options options) {
    double share = Arrays.stream(rows).mapToDouble(row -> targets[row]).average().orElse(0.5);
    double kept = Math.clamp(share, 1e-6, 1 - 1e-6);
    return fit(all, rows, targets, Math.log(kept / (1 - kept)), true, options);
  }

  private static BoostedTrees fit(
      BinnedRows all,
      int[] rows,
      double[] targets,
      double start,
      boolean logistic,
      Options options) {
    double[] answers = new double[all.n()];
    Arrays.fill(answers, start);
    double[] gradients = new double[all.n()];
    double[] curvatures = new double[all.n()];
    List<GrownTree> trees = new ArrayList<>();
    double[] gains = new double[all.features()];
    for (int round = 0; round < options.trees(); round++) {
      for (int row : rows) {
        double answer = logistic ? chance(answers[row]) : answers[row];
        gradients[row] = answer - targets[row];
        curvatures[row] = logistic ? Math.max(1e-12, answer * (1 - answer)) : 1;
      }
      GrownTree tree = GrownTree.grow(all, rows.clone(), gradients, curvatures, options, gains);
      if (tree.isLeaf()) {
        break;
      }
      trees.add(tree);
      for (int row : rows) {
        answers[row] += tree.of(all, row);
      }
    }
    return new BoostedTrees(start, logistic, trees, gains);
  }

  /// The answer for a row: a number, or a chance.
  public double of(BinnedRows rows, int row) {
    double sum = start;
    for (GrownTree tree : trees) {
      sum += tree.of(rows, row);
    }
    return logistic ? chance(sum) : sum;
  }

  /// How much each feature has helped: its share of all gains, adding up to 1, or zeros where
  /// nothing helped.
  public double[] importance() {
    double sum = Arrays.stream(gains).sum();
    return Arrays.stream(gains).map(gain -> sum > 0 ? gain / sum : 0).toArray();
  }

  private static double chance(double logOdds) {
    return 1 / (1 + Math.exp(-logOdds));
  }
}
