package dev.sightline.stats.estimate;

import dev.sightline.stats.learn.BinnedRows;
import dev.sightline.stats.learn.BoostedTrees;
import dev.sightline.stats.measure.Measured;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/// What the errors of a regression will be once the truth arrives: trees learn on the reference how
/// far off the model is where, and are asked about the window. NannyML's direct loss estimation
/// (DLE).
///
/// Knows nothing of a relation between features and truth that has changed since.
public final class DirectLoss {
  private final BinnedRows reference;
  private final BoostedTrees trees;
  private final SamplingError error;

  /// Which error is learnt.
  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  public enum Loss {
    ABSOLUTE((truth, prediction) -> Math.abs(truth - prediction)),
    SQUARED((truth, prediction) -> (truth - prediction) * (truth - prediction)),
    /// As a share of the truth, which is taken to be at least 2.2e-16, as scikit-learn.
    ABSOLUTE_SHARE(
        (truth, prediction) -> Math.abs(truth - prediction) / Math.max(Math.abs(truth), 0x1p-52)),
    /// Of logarithms; truth and prediction not below 0.
    SQUARED_LOGARITHM(
        (truth, prediction) ->
            (Math.log1p(truth) - Math.log1p(prediction))
                * (Math.log1p(truth) - Math.log1p(prediction)));

    private final DoubleBinaryOperator of;

    Loss(DoubleBinaryOperator of) {
      this.of = of;
    }

    public double of(double truth, double prediction) {
      return of.applyAsDouble(truth, prediction);
    }
  }

  private DirectLoss(BinnedRows reference, BoostedTrees trees, SamplingError error) {
    this.reference = reference;
    this.trees = trees;
    this.error = error;
  }

  /// @param features of the reference, by feature, then by row; NaN is missing
  /// @param predictions of the model on these rows
  public static DirectLoss fit(
      double[][] features, double[] predictions, double[] truths, Loss loss) {
    BinnedRows rows = BinnedRows.of(with(features, predictions));
    double[] losses = new double[truths.length];
    for (int row = 0; row < truths.length; row++) {
      losses[row] = loss.of(truths[row], predictions[row]);
    }
    int[] all = IntStream.range(0, truths.length).toArray();
    BoostedTrees trees = BoostedTrees.numbers(rows, all, losses, BoostedTrees.Options.USUAL);
    return new DirectLoss(rows, trees, SamplingError.ofMean(losses));
  }

  private static double[][] with(double[][] features, double[] predictions) {
    double[][] all = Arrays.copyOf(features, features.length + 1);
    all[features.length] = predictions;
    return all;
  }

  /// The mean loss that is expected on a window, with the band of its size.
  ///
  /// @param features of the window, as in [#fit]
  public Measured mean(double[][] features, double[] predictions, double level) {
    int n = predictions.length;
    if (n == 0) {
      return new Measured.NotEnough(0, 1);
    }
    BinnedRows rows = reference.others(with(features, predictions));
    double sum = 0;
    for (int row = 0; row < n; row++) {
      sum += trees.of(rows, row);
    }
    double mean = Math.max(0, sum / n);
    return new Measured.Known(mean, n, error.around(mean, n, 0, Double.MAX_VALUE, level));
  }
}
