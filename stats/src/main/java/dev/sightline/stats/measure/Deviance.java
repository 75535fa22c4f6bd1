package dev.sightline.stats.measure;

/// The unit deviance of Tweedie distributions: B. Jørgensen, "The theory of dispersion models"
/// (1997). Power 0 is squared error, 1 Poisson, 2 gamma, 3 inverse Gaussian.
public final class Deviance {
  private Deviance() {}

  /// @return NaN where the distribution has no such truth or mean
  public static double of(double power, double truth, double mean) {
    if (power == 0) {
      return (truth - mean) * (truth - mean);
    }
    if (!isDefined(power, truth, mean)) {
      return Double.NaN;
    }
    if (power == 1) {
      return 2 * ((truth == 0 ? 0 : truth * Math.log(truth / mean)) - truth + mean);
    }
    if (power == 2) {
      return 2 * (Math.log(mean / truth) + truth / mean - 1);
    }
    return 2
        * (Math.pow(Math.max(truth, 0), 2 - power) / ((1 - power) * (2 - power))
            - truth * Math.pow(mean, 1 - power) / (1 - power)
            + Math.pow(mean, 2 - power) / (2 - power));
  }

  /// The mean over rows, as scikit-learn's `mean_tweedie_deviance`.
  public static Measured mean(double power, double[] truth, double[] prediction, double level) {
    double[] deviances = new double[truth.length];
    for (int row = 0; row < truth.length; row++) {
      deviances[row] = of(power, truth[row], prediction[row]);
    }
    return Means.loss(Means.of(deviances, level));
  }

  private static boolean isDefined(double power, double truth, double mean) {
    if (power > 0 && power < 1) {
      return false;
    }
    if (power < 0) {
      return mean > 0;
    }
    return mean > 0 && (power < 2 ? truth >= 0 : truth > 0);
  }
}
