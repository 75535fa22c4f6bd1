package dev.sightline.quality.performance;

import dev.sightline.stats.measure.Averaging;
import org.jspecify.annotations.Nullable;

/// How measures are made of counts.
///
/// @param minimumN fewer labelled rows are not enough; at least 1
/// @param positive the class that binary measures speak of; null for the last of two
/// @param beta how many times as much recall counts as precision in F-beta; above 0
public record MeasureRules(
    Averaging averaging, long minimumN, @Nullable String positive, double beta) {
  /// That of F2.
  public static final double USUAL_BETA = 2;

  /// Each class counts the same.
  public static final MeasureRules DEFAULT =
      new MeasureRules(Averaging.MACRO, 30, null, USUAL_BETA);

  public MeasureRules {
    if (minimumN < 1) {
      throw new IllegalArgumentException("BUG: a minimum of " + minimumN);
    }
    if (!(beta > 0) || Double.isInfinite(beta)) {
      throw new IllegalArgumentException("BUG: a beta of " + beta);
    }
  }
}
