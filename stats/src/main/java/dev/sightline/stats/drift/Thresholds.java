package dev.sightline.stats.drift;

import dev.sightline.stats.probability.Quantiles;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Limits found from the same measure on windows of the reference, where nothing was wrong.
///
/// @param lower null where nothing below is an alarm
/// @param upper null where nothing above is an alarm
/// @param guarded whether a limit that no value could pass was moved to where one can
public record Thresholds(
    @Nullable Double lower, @Nullable Double upper, boolean guarded, int windows) {
  /*
   * Mean plus three deviations of ten windows that depend on each other can lie beyond what the
   * measure can reach: an accuracy above 1, a distance limit of 1.0 for a distance of at most 1. Such
   * a limit never alarms and looks as if it would. It is moved half way between the worst reference
   * window and the end of the range; where the worst window lies at that end already, there is no
   * limit on that side, and the caller sees null.
   */

  /// NumPy's `nanmean ± factor · nanstd`, as NannyML.
  ///
  /// @param values one for each reference window; NaN for windows without a value
  /// @param min the least value that the measure can have, or minus infinity
  /// @param max the largest, or infinity
  /// @return null with fewer than two windows
  public static @Nullable Thresholds deviations(
      double[] values, double factor, double min, double max) {
    double[] sorted = known(values);
    if (sorted.length < 2) {
      return null;
    }
    double mean = Arrays.stream(sorted).sum() / sorted.length;
    double squares = Arrays.stream(sorted).map(value -> (value - mean) * (value - mean)).sum();
    double reach = factor * Math.sqrt(squares / sorted.length);
    return guarded(sorted, mean - reach, mean + reach, min, max);
  }

  /// The values that a share of reference windows lies below and above.
  ///
  /// @param outside the share beyond each limit, such as 0.05
  /// @return null with fewer than two windows
  public static @Nullable Thresholds percentiles(
      double[] values, double outside, double min, double max) {
    double[] sorted = known(values);
    if (sorted.length < 2) {
      return null;
    }
    return guarded(
        sorted, Quantiles.of(sorted, outside), Quantiles.of(sorted, 1 - outside), min, max);
  }

  /// The same without the lower limit, as drift has none.
  public Thresholds upperOnly() {
    return new Thresholds(null, upper, guarded, windows);
  }

  public boolean isBroken(double value) {
    return (lower != null && value < lower) || (upper != null && value > upper);
  }

  private static Thresholds guarded(
      double[] sorted, double lower, double upper, double min, double max) {
    double worstLow = sorted[0];
    double worstHigh = sorted[sorted.length - 1];
    boolean lowOut = lower <= min;
    boolean highOut = upper >= max;
    @Nullable Double low = lowOut ? between(worstLow, min) : Double.valueOf(lower);
    @Nullable Double high = highOut ? between(worstHigh, max) : Double.valueOf(upper);
    return new Thresholds(low, high, lowOut || highOut, sorted.length);
  }

  private static @Nullable Double between(double worst, double end) {
    return worst == end || Double.isInfinite(end) ? null : Double.valueOf((worst + end) / 2);
  }

  private static double[] known(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
  }
}
