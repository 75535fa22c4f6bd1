package dev.sightline.quality.performance;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.query.QueryException;
import dev.sightline.stats.measure.ChangeOfMeasure;
import dev.sightline.stats.measure.ChangeOfMeasure.Side;
import dev.sightline.stats.measure.Measured;
import dev.sightline.stats.measure.Resampling;
import java.util.ArrayList;
import java.util.List;

/// Takes a change apart into what two windows have of each part.
final class ChangeReport {
  private ChangeReport() {}

  /// Each segment twice: before and after.
  static Grouping twice(SegmentGrouping segments) {
    return new Grouping() {
      @Override
      public void begin(Batch batch) {
        segments.begin(batch);
      }

      @Override
      public int of(int window, int row) {
        return 2 * segments.of(window, row) + window;
      }
    };
  }

  /// @param pass the rows of each segment twice
  /// @param whole the same rows in two groups, before and after
  static Change ofMeans(String measure, MeanPass pass, MeanPass whole, SegmentGrouping segments) {
    Measured before = value(whole, 0, measure);
    Measured after = value(whole, 1, measure);
    check((double) before.n(), (double) after.n());
    List<Side> sides = new ArrayList<>();
    for (int segment = 0; segment < segments.size(); segment++) {
      Measured one = value(pass, 2 * segment, measure);
      Measured two = value(pass, 2 * segment + 1, measure);
      sides.add(new Side(name(segments, segment), sum(one), known(one), sum(two), known(two)));
    }
    check(
        sides.stream().mapToDouble(Side::ofBefore).sum(),
        sides.stream().mapToDouble(Side::ofAfter).sum());
    return change(measure, before, after, ChangeOfMeasure.of(sides));
  }

  static Change change(String measure, Measured before, Measured after, ChangeOfMeasure change) {
    return new Change(
        measure,
        before,
        after,
        change.after() - change.before(),
        change.parts(),
        change.mix(),
        change.within());
  }

  private static Measured value(MeanPass pass, int group, String measure) {
    Measured found = pass.measures(group, 1, Resampling.DEFAULT).get(measure);
    return found == null ? new Measured.NotEnough(0, 1) : found;
  }

  private static double sum(Measured measured) {
    return measured instanceof Measured.Known(double value, long n, _) ? value * n : 0;
  }

  private static long known(Measured measured) {
    return measured instanceof Measured.Known(_, long n, _) ? n : 0;
  }

  static String name(SegmentGrouping segments, int segment) {
    return String.join(", ", segments.labels(segment).values());
  }

  /// @throws QueryException if one window has no rows
  static void check(double before, double after) {
    if (before == 0 || after == 0) {
      throw new QueryException.Failed(
          "a change needs labelled rows in both windows; there are "
              + (long) before
              + " before and "
              + (long) after
              + " after");
    }
  }
}
