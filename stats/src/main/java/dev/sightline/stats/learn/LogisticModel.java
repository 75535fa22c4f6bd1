package dev.sightline.stats.learn;

/// The chance of one of two classes as the logistic function of a weighted sum: D. Cox, "The
/// regression analysis of binary sequences" (1958), with weights pulled towards 0.
///
/// Unchangeable. The fit is the only lowest point of a convex function, so that it depends on
/// neither seed nor order.
public final class LogisticModel {
  private static final int MOST_STEPS = 100;

  private final double[] weights;

  private LogisticModel(double[] weights) {
    this.weights = weights;
  }

  /// Fits `trust` times the sum of the rows' losses plus half the sum of squared weights, as
  /// scikit-learn does with `C`; the intercept is free.
  ///
  /// @param used places of the rows to learn from
  /// @param hits by row, whether it is of the class
  /// @param trust in rows, against that weights are 0
  public static LogisticModel fit(SparseRows rows, int[] used, boolean[] hits, double trust) {
    int last = rows.columns();
    QuasiNewton.Slope loss =
        (weights, gradient) -> {
          double sum = 0;
          double free = 0;
          for (int column = 0; column < last; column++) {
            sum += weights[column] * weights[column] / 2;
            gradient[column] = weights[column];
          }
          for (int row : used) {
            double answer = rows.product(row, weights) + weights[last];
            double margin = hits[row] ? answer : -answer;
            sum += trust * (margin > 0 ? Math.log1p(Math.exp(-margin)) : softened(margin));
            double off = trust * (chance(answer) - (hits[row] ? 1 : 0));
            rows.addTo(gradient, row, off);
            free += off;
          }
          gradient[last] = free;
          return sum;
        };
    double flat = 1e-4 * Math.max(1e-3, Math.min(1, trust));
    return new LogisticModel(QuasiNewton.lowest(loss, new double[last + 1], MOST_STEPS, flat));
  }

  private static double softened(double margin) {
    return Math.log1p(Math.exp(margin)) - margin;
  }

  private static double chance(double logOdds) {
    return 1 / (1 + Math.exp(-logOdds));
  }

  /// The chance that a row is of the class.
  public double of(SparseRows rows, int row) {
    return chance(rows.product(row, weights) + weights[weights.length - 1]);
  }

  /// By how much a column's number, one more, raises the log-odds.
  public double weight(int column) {
    return weights[column];
  }
}
