package dev.sightline.stats.drift;

import dev.sightline.stats.learn.PrincipalComponents;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How much of rows is lost when they are told by the few directions in which those of the
/// reference differ: it grows where features no longer belong together as they did. NannyML's
/// multivariate drift.
///
/// @param error the mean of current rows, in deviations of the reference
/// @param reference the same of the reference itself
/// @param limits by windows of the reference; null with too few of them
/// @param components directions that were kept
/// @param shares of each feature in what is lost now beyond what was lost before, adding up to 1;
///   zeros where nothing is
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Reconstruction(
    double error,
    double reference,
    @Nullable Thresholds limits,
    int components,
    double[] shares,
    int nReference,
    int nCurrent) {
  /// NannyML's.
  private static final double SHARE = 0.65;

  private static final int WINDOWS = 10;
  private static final double DEVIATIONS = 3;

  /// @param reference by feature, then by row in the order of time; NaN is missing, and stands as
  ///   the mean of the reference
  /// @param current of the same features
  public static Reconstruction of(double[][] reference, double[][] current) {
    double[] means = Arrays.stream(reference).mapToDouble(Reconstruction::mean).toArray();
    double[][] before = filled(reference, means);
    double[][] now = filled(current, means);
    PrincipalComponents found = PrincipalComponents.of(before, SHARE);
    double[] lostBefore = new double[before.length];
    double[] lostNow = new double[before.length];
    double[] errorsBefore = errors(found, before, lostBefore);
    double[] errorsNow = errors(found, now, lostNow);
    return new Reconstruction(
        mean(errorsNow),
        mean(errorsBefore),
        limits(errorsBefore),
        found.size(),
        shares(lostBefore, lostNow),
        errorsBefore.length,
        errorsNow.length);
  }

  private static double mean(double[] values) {
    double mean = Arrays.stream(values).filter(Double::isFinite).average().orElse(0);
    return mean;
  }

  private static double[][] filled(double[][] features, double[] means) {
    double[][] filled = new double[features.length][];
    for (int feature = 0; feature < filled.length; feature++) {
      double mean = means[feature];
      filled[feature] =
          Arrays.stream(features[feature])
              .map(value -> Double.isFinite(value) ? value : mean)
              .toArray();
    }
    return filled;
  }

  /// @param lost by feature, filled with the mean square
  private static double[] errors(PrincipalComponents found, double[][] features, double[] lost) {
    double[] errors = new double[features[0].length];
    double[] residual = new double[features.length];
    for (int row = 0; row < errors.length; row++) {
      errors[row] = found.residual(features, row, residual);
      for (int feature = 0; feature < lost.length; feature++) {
        lost[feature] += residual[feature] * residual[feature] / errors.length;
      }
    }
    return errors;
  }

  private static @Nullable Thresholds limits(double[] errors) {
    double[] windows = new double[Math.min(WINDOWS, errors.length)];
    for (int window = 0; window < windows.length; window++) {
      int from = (int) ((long) window * errors.length / windows.length);
      int to = (int) ((window + 1L) * errors.length / windows.length);
      windows[window] = mean(Arrays.copyOfRange(errors, from, to));
    }
    return Thresholds.deviations(windows, DEVIATIONS, 0, Double.POSITIVE_INFINITY);
  }

  private static double[] shares(double[] before, double[] now) {
    double[] more = new double[before.length];
    double sum = 0;
    for (int feature = 0; feature < more.length; feature++) {
      more[feature] = Math.max(0, now[feature] - before[feature]);
      sum += more[feature];
    }
    for (int feature = 0; feature < more.length; feature++) {
      more[feature] = sum > 0 ? more[feature] / sum : 0;
    }
    return more;
  }

  public boolean hasDrifted() {
    return limits != null && limits.isBroken(error);
  }
}
