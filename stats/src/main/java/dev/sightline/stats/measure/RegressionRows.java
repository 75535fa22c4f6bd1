package dev.sightline.stats.measure;

import dev.sightline.stats.probability.Quantiles;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What only rows tell about predicted numbers: the median error, quantiles of the residuals, and
/// an interval of R².
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

  /// The interval of R² by resampled rows; null where there are too few.
  public @Nullable Interval r2Interval(Resampling rule) {
    return truth.length < 3 ? null : Bootstrap.ofRows(truth.length, rule, this::r2);
  }

  private double r2(int[] rows) {
    double mean = 0;
    for (int row : rows) {
      mean += truth[row] / rows.length;
    }
    double unexplained = 0;
    double all = 0;
    for (int row : rows) {
      double error = prediction[row] - truth[row];
      unexplained += error * error;
      all += (truth[row] - mean) * (truth[row] - mean);
    }
    return all == 0 ? Double.NaN : 1 - unexplained / all;
  }
}
