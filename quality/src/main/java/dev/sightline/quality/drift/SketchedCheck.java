package dev.sightline.quality.drift;

import dev.sightline.quality.baseline.FeatureColumn;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.drift.DriftMethod;
import dev.sightline.stats.drift.DriftOutcome;
import dev.sightline.stats.drift.DriftRule;
import dev.sightline.stats.drift.DriftScore;
import dev.sightline.stats.drift.DriftScore.Source;
import dev.sightline.stats.sketch.NumberSketch;
import dev.sightline.stats.sketch.SketchDistances;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;

/// Judges numbers of which at least one side is a sketch.
final class SketchedCheck {
  private SketchedCheck() {}

  static DriftOutcome of(FeatureColumn reference, FeatureColumn current, DriftRule rule) {
    if (Math.min(reference.n(), current.n()) < rule.minimumN()) {
      return new DriftOutcome.NotEnough(reference.n(), current.n(), rule.minimumN());
    }
    NumberSketch first = sketch(reference);
    NumberSketch second = sketch(current);
    return switch (rule.method()) {
      case WASSERSTEIN ->
          score(
              first,
              second,
              rule,
              "in deviations of the reference",
              0,
              SketchDistances::normedWasserstein);
      case WASSERSTEIN_PLAIN ->
          score(first, second, rule, "in the feature's unit", 0, SketchDistances::wasserstein);
      case KS_DISTANCE ->
          score(first, second, rule, "two-sample", 0, SketchDistances::kolmogorovSmirnov);
      case PSI_DECILES ->
          score(
              first,
              second,
              rule,
              "empty cells half a row, deciles of the reference",
              10,
              SketchDistances::populationStability);
      case JENSEN_SHANNON -> jensenShannon(first, second, rule, Math.E, "base e");
      case JENSEN_SHANNON_2 -> jensenShannon(first, second, rule, 2, "base 2");
      default ->
          new DriftOutcome.NotApplicable(
              rule.method(), "it needs the rows, and there are so many that only a sketch is kept");
    };
  }

  static double kolmogorovSmirnov(FeatureColumn reference, FeatureColumn current) {
    return SketchDistances.kolmogorovSmirnov(sketch(reference), sketch(current));
  }

  private static DriftOutcome jensenShannon(
      NumberSketch first, NumberSketch second, DriftRule rule, double base, String name) {
    return score(
        first,
        second,
        rule,
        name + ", deciles of the reference",
        10,
        (one, two) -> SketchDistances.jensenShannon(one, two, base));
  }

  private static DriftScore score(
      NumberSketch first,
      NumberSketch second,
      DriftRule rule,
      String variant,
      int bins,
      ToDoubleBiFunction<NumberSketch, NumberSketch> distance) {
    double score = distance.applyAsDouble(first, second);
    String error =
        String.format(
            Locale.ROOT, ", ranks within %.2f %%", 100 * SketchDistances.error(first, second));
    DriftMethod method = rule.method();
    return new DriftScore(
        method,
        variant + error,
        bins,
        first.n(),
        second.n(),
        score,
        null,
        score,
        "the distance itself",
        rule.limit(),
        rule.limit().verdict(score),
        Source.SKETCH);
  }

  /// A sketch of the caller's own.
  static NumberSketch sketch(FeatureColumn column) {
    return switch (column) {
      case FeatureColumn.Numbers(SortedColumn values, long _) -> {
        NumberSketch own = new NumberSketch(NumberSketch.DAY);
        for (int row = 0; row < values.n(); row++) {
          own.add(values.at(row));
        }
        yield own;
      }
      case FeatureColumn.Sketched sketched -> sketched.copy();
      case FeatureColumn.Words _ -> throw new IllegalArgumentException("BUG: words, not numbers");
    };
  }
}
