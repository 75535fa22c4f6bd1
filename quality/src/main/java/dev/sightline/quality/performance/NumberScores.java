package dev.sightline.quality.performance;

import dev.sightline.stats.measure.Deviance;
import dev.sightline.stats.measure.Measured;
import dev.sightline.stats.measure.RegressionMeasure;
import dev.sightline.stats.measure.RegressionRows;
import dev.sightline.stats.probability.Quantiles;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The measures of one group of numbers by the names under which they are shown and written as
/// series, and how its errors are distributed.
final class NumberScores {
  private static final int BINS = 20;

  private NumberScores() {}

  /// Those that can be had of these rows; empty without labelled ones.
  static Map<String, Measured> of(NumberGroup group, long minimumN, double level) {
    Map<String, Measured> measures = new LinkedHashMap<>();
    if (group.sums().n() == 0) {
      return measures;
    }
    group
        .sums()
        .measures(minimumN, level)
        .forEach((measure, value) -> measures.put(name(measure), value));
    if (group.sums().n() >= minimumN) {
      addRows(measures, group, level);
    } else {
      Measured few = new Measured.NotEnough(group.sums().n(), minimumN);
      measures.put("median_ae", few);
      measures.put("tweedie_deviance", few);
    }
    return measures;
  }

  static String name(RegressionMeasure measure) {
    return measure.name().toLowerCase(Locale.ROOT);
  }

  private static void addRows(Map<String, Measured> measures, NumberGroup group, double level) {
    double[] truths = group.truths();
    double[] predictions = group.predictions();
    RegressionRows rows = new RegressionRows(truths, predictions);
    measures.put("median_ae", rows.medianAbsoluteError(level));
    double power = group.variants().tweediePower();
    measures.put("tweedie_deviance", Deviance.mean(power, truths, predictions, level));
    for (RegressionMeasure measure :
        List.of(RegressionMeasure.R2, RegressionMeasure.EXPLAINED_VARIANCE)) {
      measures.computeIfPresent(
          name(measure), (_, value) -> rows.withInterval(measure, value, level));
    }
  }

  /// Twenty bins of equal width between the 1st and the 99th percentile; the outermost ones reach
  /// to the smallest and the largest error. Empty without rows.
  static WindowScores.Residuals residuals(NumberGroup group) {
    double[] sorted = new RegressionRows(group.truths(), group.predictions()).sortedResiduals();
    if (sorted.length == 0) {
      return new WindowScores.Residuals(new double[0], new long[0]);
    }
    double low = Quantiles.of(sorted, 0.01);
    double high = Quantiles.of(sorted, 0.99);
    if (low == high) {
      double[] bounds = {sorted[0], sorted[sorted.length - 1]};
      return new WindowScores.Residuals(bounds, new long[] {sorted.length});
    }
    double[] bounds = new double[BINS + 1];
    for (int edge = 1; edge < BINS; edge++) {
      bounds[edge] = low + (high - low) * edge / BINS;
    }
    bounds[0] = sorted[0];
    bounds[BINS] = sorted[sorted.length - 1];
    long[] counts = new long[BINS];
    for (double error : sorted) {
      int found = Arrays.binarySearch(bounds, 1, BINS, error);
      counts[found >= 0 ? found : -found - 2]++;
    }
    return new WindowScores.Residuals(bounds, counts);
  }
}
