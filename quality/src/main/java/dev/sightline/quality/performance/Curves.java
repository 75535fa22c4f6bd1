package dev.sightline.quality.performance;

import dev.sightline.stats.measure.BusinessValue;
import dev.sightline.stats.measure.Calibration;
import dev.sightline.stats.measure.ClassCounts;
import dev.sightline.stats.measure.Resampling;
import dev.sightline.stats.measure.ThresholdCurve;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What each threshold on the probability of one class would decide, and whether that probability
/// keeps its word.
///
/// @param oneClass against all others
/// @param rows with scores that this stands on
/// @param notes what a reader should know about these numbers
/// @param points by falling threshold; empty without scored rows
/// @param worth of each point's decisions; null where nobody said what decisions are worth
/// @param best of the points: by worth where that was said, else by F1; null without any
public record Curves(
    String oneClass,
    long rows,
    List<String> notes,
    List<ThresholdCurve.Point> points,
    List<Calibration.Bin> calibration,
    @Nullable List<Double> worth,
    ThresholdCurve.@Nullable Point best) {
  /// So that a curve is drawn at once.
  static final int MOST_POINTS = 100;

  public Curves {
    notes = List.copyOf(notes);
    points = List.copyOf(points);
    calibration = List.copyOf(calibration);
  }

  /// @param value null where nobody said what decisions are worth
  static Curves of(
      ClassTable table, int oneClass, @Nullable BusinessValue value, MeasureVariants variants) {
    ThresholdCurve curve = ThresholdCurve.of(table.against(oneClass), MOST_POINTS - 1);
    Calibration calibration =
        ClassScores.calibration(table, oneClass, variants, Resampling.DEFAULT);
    List<String> notes =
        table.isSampled()
            ? List.of("stands on a random sample of " + table.scoredRows() + " rows")
            : List.of();
    return new Curves(
        table.classes().get(oneClass),
        table.scoredRows(),
        notes,
        curve.points(),
        calibration.bins(),
        value == null
            ? null
            : curve.points().stream().map(point -> value.of(point.counts())).toList(),
        best(curve, value));
  }

  private static ThresholdCurve.@Nullable Point best(
      ThresholdCurve curve, @Nullable BusinessValue value) {
    if (curve.points().isEmpty()) {
      return null;
    }
    return value == null
        ? Collections.max(curve.points(), Comparator.comparingDouble(Curves::f1))
        : curve.best(value);
  }

  private static double f1(ThresholdCurve.Point point) {
    ClassCounts counts = point.counts();
    long cases = counts.support() + counts.predicted();
    return cases == 0 ? 0 : 2.0 * counts.truePositives() / cases;
  }
}
