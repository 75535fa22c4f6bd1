package dev.sightline.quality.performance;

import dev.sightline.stats.measure.Averaging;
import org.jspecify.annotations.Nullable;

/// How measures are made of rows.
///
/// @param minimumN fewer labelled rows are not enough; at least 1
/// @param positive the class that binary measures speak of; null for the last of two
public record MeasureRules(
    Averaging averaging, long minimumN, @Nullable String positive, MeasureVariants variants) {
  /// Each class counts the same.
  public static final MeasureRules DEFAULT =
      new MeasureRules(Averaging.MACRO, 30, null, MeasureVariants.USUAL);

  public MeasureRules {
    if (minimumN < 1) {
      throw new IllegalArgumentException("BUG: a minimum of " + minimumN);
    }
  }
}
