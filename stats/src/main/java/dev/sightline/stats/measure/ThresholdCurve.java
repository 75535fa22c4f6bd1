package dev.sightline.stats.measure;

import java.util.ArrayList;
import java.util.List;

/// What each threshold on a score would have decided, from the strictest to the most lenient. Draws
/// ROC and precision-recall curves, and finds the threshold that is worth most.
///
/// @param points by falling threshold
public record ThresholdCurve(List<Point> points) {
  public ThresholdCurve {
    points = List.copyOf(points);
  }

  /// @param threshold cases with this score or a higher one are predicted positive
  public record Point(double threshold, ClassCounts counts) {}

  /// @param mostPoints the curve is thinned to about this many, evenly by cases; at least 2
  public static ThresholdCurve of(ScoredTruths scored, int mostPoints) {
    double step = Math.max(1, (double) scored.n() / mostPoints);
    List<Point> points = new ArrayList<>();
    double[] next = {0};
    scored.walk(
        (threshold, truePositives, falsePositives) -> {
          int predicted = truePositives + falsePositives;
          if (predicted >= next[0] || predicted == scored.n()) {
            points.add(
                new Point(
                    threshold,
                    new ClassCounts(
                        truePositives,
                        falsePositives,
                        scored.positives() - truePositives,
                        scored.negatives() - falsePositives)));
            next[0] = predicted + step;
          }
        });
    return new ThresholdCurve(points);
  }

  /// The point whose decisions are worth most; the strictest of equals.
  ///
  /// @throws IllegalStateException without points
  public Point best(BusinessValue value) {
    Point best = null;
    for (Point point : points) {
      if (best == null || value.of(point.counts()) > value.of(best.counts())) {
        best = point;
      }
    }
    if (best == null) {
      throw new IllegalStateException("BUG: the best of no thresholds");
    }
    return best;
  }
}
