package dev.sightline.quality.performance;

import dev.sightline.stats.measure.ZeroDivision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What measures depend on beside rows: said with every answer, so that two numbers of one name can
/// be told apart.
///
/// @param beta how many times as much recall counts as precision in F-beta
/// @param zeroDivision what a share of nothing is worth, such as the precision of a class that was
///   never predicted
/// @param quantile of the pinball loss
/// @param tweediePower of the Tweedie deviance; not between 0 and 1
/// @param places each k of top-k accuracy and of measures of rankings; empty for the usual ones
/// @param bins of calibration
/// @param threshold on the probability of the positive one of two classes, from which on it counts
///   as predicted; null for what the model itself said
public record MeasureVariants(
    double beta,
    ZeroDivision zeroDivision,
    double quantile,
    double tweediePower,
    List<Integer> places,
    int bins,
    @Nullable Double threshold) {
  /// That of F2.
  public static final double USUAL_BETA = 2;

  public static final MeasureVariants USUAL =
      new MeasureVariants(USUAL_BETA, ZeroDivision.UNDEFINED, 0.5, 1.5, List.of(), 10, null);

  private static final List<Integer> OF_CLASSES = List.of(2, 3, 5, 10);
  private static final List<Integer> OF_RANKINGS = List.of(1, 3, 5, 10);

  public MeasureVariants {
    places = List.copyOf(places);
    check(beta > 0 && beta <= 1e6, "beta");
    check(quantile > 0 && quantile < 1, "quantile");
    check(Math.abs(tweediePower) <= 10 && (tweediePower <= 0 || tweediePower >= 1), "power");
    check(places.stream().allMatch(k -> k >= 1), "places");
    check(bins >= 2, "bins");
    check(threshold == null || threshold >= 0 && threshold <= 1, "threshold");
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("BUG: " + what + " out of range");
    }
  }

  /// Among how many of the likeliest classes the true one is looked for.
  List<Integer> placesOfClasses() {
    return places.isEmpty() ? OF_CLASSES : places;
  }

  /// How many of the first rows of a ranking count.
  List<Integer> placesOfRankings() {
    return places.isEmpty() ? OF_RANKINGS : places;
  }

  public MeasureVariants withBeta(double other) {
    return new MeasureVariants(
        other, zeroDivision, quantile, tweediePower, places, bins, threshold);
  }

  public MeasureVariants withPlaces(List<Integer> other) {
    return new MeasureVariants(beta, zeroDivision, quantile, tweediePower, other, bins, threshold);
  }

  public MeasureVariants withBins(int other) {
    return new MeasureVariants(
        beta, zeroDivision, quantile, tweediePower, places, other, threshold);
  }

  public MeasureVariants withThreshold(@Nullable Double other) {
    return new MeasureVariants(beta, zeroDivision, quantile, tweediePower, places, bins, other);
  }
}
