package dev.sightline.quality.performance;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.query.QueryException;
import dev.sightline.stats.measure.ChangeOfMeasure;
import dev.sightline.stats.measure.ChangeOfMeasure.Side;
import dev.sightline.stats.measure.ConfusionCounts;
import dev.sightline.stats.measure.ErrorSums;
import dev.sightline.stats.measure.Measured;
import dev.sightline.stats.measure.RegressionMeasure;
import dev.sightline.stats.measure.Wilson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes a change apart into what two windows have of each part.
final class ChangeReport {
  private static final double LEVEL = 0.95;

  private static final Map<String, RegressionMeasure> MEANS =
      Map.of(
          "me", RegressionMeasure.ME, "mae", RegressionMeasure.MAE, "mse", RegressionMeasure.MSE);

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

  /// @param segments null where the parts are true classes, and the two windows the groups
  static Change ofClasses(String measure, ClassPass pass, @Nullable SegmentGrouping segments) {
    if (!measure.equals("accuracy")) {
      throw notASum(measure, "accuracy");
    }
    int groups = segments == null ? 2 : 2 * segments.size();
    List<ClassTable> tables = ClassTable.of(pass, groups);
    ConfusionCounts before = new ConfusionCounts(pass.codes().size());
    ConfusionCounts after = new ConfusionCounts(pass.codes().size());
    List<Side> sides = new ArrayList<>();
    for (int group = 0; group < groups; group += 2) {
      ConfusionCounts one = tables.get(group).counts();
      ConfusionCounts two = tables.get(group + 1).counts();
      before.merge(one);
      after.merge(two);
      if (segments != null) {
        sides.add(
            new Side(name(segments, group / 2), one.correct(), one.n(), two.correct(), two.n()));
      }
    }
    check(before.n(), after.n());
    return change(
        measure,
        Wilson.share(before.correct(), before.n(), 1, LEVEL),
        Wilson.share(after.correct(), after.n(), 1, LEVEL),
        segments == null
            ? ChangeOfMeasure.ofAccuracy(before, after, pass.codes().sorted())
            : ChangeOfMeasure.of(sides));
  }

  static Change ofNumbers(String measure, NumberPass pass, @Nullable SegmentGrouping segments) {
    RegressionMeasure wanted = MEANS.get(measure);
    if (wanted == null) {
      throw notASum(measure, "mae, mse, me");
    }
    if (segments == null) {
      throw new QueryException.Failed("numbers have no classes; name a feature in by");
    }
    ErrorSums before = new ErrorSums(0.5);
    ErrorSums after = new ErrorSums(0.5);
    List<Side> sides = new ArrayList<>();
    for (int segment = 0; segment < segments.size(); segment++) {
      ErrorSums one = pass.group(2 * segment).sums();
      ErrorSums two = pass.group(2 * segment + 1).sums();
      before.merge(one);
      after.merge(two);
      sides.add(
          new Side(name(segments, segment), sum(one, wanted), one.n(), sum(two, wanted), two.n()));
    }
    check(before.n(), after.n());
    return change(measure, mean(before, wanted), mean(after, wanted), ChangeOfMeasure.of(sides));
  }

  private static Change change(
      String measure, Measured before, Measured after, ChangeOfMeasure change) {
    return new Change(
        measure,
        before,
        after,
        change.after() - change.before(),
        change.parts(),
        change.mix(),
        change.within());
  }

  private static Measured mean(ErrorSums sums, RegressionMeasure measure) {
    Measured found = sums.measures(1, LEVEL).get(measure);
    return found == null ? new Measured.NotEnough(0, 1) : found;
  }

  private static double sum(ErrorSums sums, RegressionMeasure measure) {
    return mean(sums, measure) instanceof Measured.Known(double value, long n, _) ? value * n : 0;
  }

  private static String name(SegmentGrouping segments, int segment) {
    return String.join(", ", segments.labels(segment).values());
  }

  private static void check(long before, long after) {
    if (before == 0 || after == 0) {
      throw new QueryException.Failed(
          "a change needs labelled rows in both windows; there are "
              + before
              + " before and "
              + after
              + " after");
    }
  }

  private static QueryException notASum(String measure, String those) {
    return new QueryException.Failed(
        "\"" + measure + "\" does not split into parts exactly; those that do are " + those);
  }
}
