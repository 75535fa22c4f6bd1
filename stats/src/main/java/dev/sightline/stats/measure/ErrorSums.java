package dev.sightline.stats.measure;

import java.util.EnumMap;
import java.util.Map;

/// What has to be kept of pairs (truth, prediction) so that every [RegressionMeasure] follows, hour
/// merged with hour. Median and other quantiles of the error need rows or a sketch:
/// [RegressionRows].
///
/// Owned by one thread.
public final class ErrorSums {
  /// scikit-learn's smallest divisor of a relative error: the spacing of doubles at 1.
  private static final double SMALLEST_TRUTH = Math.ulp(1.0);

  private final double quantile;
  private final Spread errors = new Spread();
  private final Spread absolute = new Spread();
  private final Spread squares = new Spread();
  private final Spread truths = new Spread();
  private final Spread relative = new Spread();
  private final Spread symmetric = new Spread();
  private final Spread logarithmic = new Spread();
  private final Spread pinball = new Spread();
  private final Spread poisson = new Spread();
  private final Spread gamma = new Spread();
  private double largest;

  /// @param quantile of the pinball loss, 0.5 for half of the MAE
  public ErrorSums(double quantile) {
    this.quantile = quantile;
  }

  public long n() {
    return errors.n();
  }

  /// @throws IllegalArgumentException if one of the two is not finite: the caller counts and drops
  ///   those
  public void add(double truth, double prediction) {
    if (!Double.isFinite(truth) || !Double.isFinite(prediction)) {
      throw new IllegalArgumentException(truth + " and " + prediction + " are not both finite");
    }
    double error = prediction - truth;
    double size = Math.abs(error);
    errors.add(error);
    absolute.add(size);
    squares.add(error * error);
    truths.add(truth);
    relative.add(size / Math.max(Math.abs(truth), SMALLEST_TRUTH));
    symmetric.add(size == 0 ? 0 : 2 * size / (Math.abs(truth) + Math.abs(prediction)));
    logarithmic.add(square(Math.log1p(prediction) - Math.log1p(truth)));
    pinball.add(error < 0 ? -quantile * error : (1 - quantile) * error);
    poisson.add(Deviance.of(1, truth, prediction));
    gamma.add(Deviance.of(2, truth, prediction));
    largest = Math.max(largest, size);
  }

  /// @throws IllegalArgumentException if the other was opened for another quantile
  public void merge(ErrorSums other) {
    if (other.quantile != quantile) {
      throw new IllegalArgumentException("BUG: sums of different quantiles");
    }
    errors.merge(other.errors);
    absolute.merge(other.absolute);
    squares.merge(other.squares);
    truths.merge(other.truths);
    relative.merge(other.relative);
    symmetric.merge(other.symmetric);
    logarithmic.merge(other.logarithmic);
    pinball.merge(other.pinball);
    poisson.merge(other.poisson);
    gamma.merge(other.gamma);
    largest = Math.max(largest, other.largest);
  }

  /// Every measure, those of means with Student's interval.
  public Map<RegressionMeasure, Measured> measures(long minimumN, double level) {
    Map<RegressionMeasure, Measured> measures = new EnumMap<>(RegressionMeasure.class);
    for (RegressionMeasure measure : RegressionMeasure.values()) {
      measures.put(
          measure,
          n() < Math.max(1, minimumN)
              ? new Measured.NotEnough(n(), Math.max(1, minimumN))
              : of(measure, level));
    }
    return measures;
  }

  private Measured of(RegressionMeasure measure, double level) {
    return switch (measure) {
      case ME -> errors.mean(level);
      case MAE -> Means.loss(absolute.mean(level));
      case MSE -> Means.loss(squares.mean(level));
      case RMSE -> root(squares.mean(level));
      case MAPE -> Means.loss(relative.mean(level));
      case SMAPE -> Means.loss(symmetric.mean(level));
      case MSLE -> Means.loss(logarithmic.mean(level));
      case PINBALL -> Means.loss(pinball.mean(level));
      case POISSON_DEVIANCE -> Means.loss(poisson.mean(level));
      case GAMMA_DEVIANCE -> Means.loss(gamma.mean(level));
      case MAX_ERROR -> new Measured.Known(largest, n(), null);
      case R2 -> explained(squares.sum());
      case EXPLAINED_VARIANCE -> explained(errors.squares());
    };
  }

  private Measured explained(double unexplained) {
    if (n() < 2 || truths.squares() == 0) {
      return new Measured.Undefined(n(), "all truths are equal");
    }
    return new Measured.Known(1 - unexplained / truths.squares(), n(), null);
  }

  private static Measured root(Measured squared) {
    if (!(squared instanceof Measured.Known(double value, long n, Interval interval))) {
      return squared;
    }
    return new Measured.Known(
        Math.sqrt(value),
        n,
        interval == null
            ? null
            : new Interval(
                Math.sqrt(Math.max(0, interval.low())),
                Math.sqrt(interval.high()),
                interval.level(),
                interval.kind()));
  }

  private static double square(double value) {
    return value * value;
  }
}
