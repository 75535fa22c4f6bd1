package dev.sightline.stats.measure;

import dev.sightline.stats.probability.Quantiles;
import java.util.Arrays;

/// What only rows tell about predicted numbers: the median error, quantiles of the residuals, and
/// the intervals of R² and of the explained variance.
public final class RegressionRows {
  private final double[] truth;
  private final double[] prediction;

  public RegressionRows(double[] truth, double[] prediction) {
    if (truth.length != prediction.length) {
      throw new IllegalArgumentException(
          "BUG: " + truth.length + " truths for " + prediction.length + " predictions");
    }
    this.truth = truth;
    this.prediction = prediction;
  }

  /// The median of |error|, with the interval between the order statistics around it.
  public Measured medianAbsoluteError(double level) {
    if (truth.length == 0) {
      return new Measured.NotEnough(0, 1);
    }
    double[] sizes = new double[truth.length];
    for (int row = 0; row < sizes.length; row++) {
      sizes[row] = Math.abs(prediction[row] - truth[row]);
    }
    Arrays.sort(sizes);
    // The rank of a median is binomial, so that Wilson's interval of 1/2 bounds its probability.
    Interval ranks = Wilson.interval(sizes.length / 2.0, sizes.length, level);
    return new Measured.Known(
        Quantiles.of(sizes, 0.5),
        sizes.length,
        new Interval(
            Quantiles.of(sizes, ranks.low()),
            Quantiles.of(sizes, ranks.high()),
            level,
            Interval.Kind.WILSON));
  }

  /// Prediction minus truth, rising.
  public double[] sortedResiduals() {
    double[] residuals = new double[truth.length];
    for (int row = 0; row < residuals.length; row++) {
      residuals[row] = prediction[row] - truth[row];
    }
    Arrays.sort(residuals);
    return residuals;
  }

  /// The interval of R², or of the explained variance.
  ///
  /// @param measure as it is on all rows, of which these may be a sample
  /// @return the same with its interval; without one where there are too few rows
  public Measured withInterval(RegressionMeasure measure, Measured measured, double level) {
    if (!(measured instanceof Measured.Known(double value, long n, _))) {
      return measured;
    }
    double leaning = measure == RegressionMeasure.R2 ? 0 : meanError();
    return new Measured.Known(
        value, n, Explained.interval(truth, prediction, leaning, value, n, level));
  }

  private double meanError() {
    double sum = 0;
    for (int row = 0; row < truth.length; row++) {
      sum += prediction[row] - truth[row];
    }
    return sum / truth.length;
  }
}
