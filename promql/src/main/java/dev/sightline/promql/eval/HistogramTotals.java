package dev.sightline.promql.eval;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.query.Position;
import org.jspecify.annotations.Nullable;

/// What `sum` and `avg` know of the histograms of a group at each step.
final class HistogramTotals {
  private final boolean average;
  private final Notes notes;
  private final Position position;
  private final @Nullable HistogramMean[] means;
  private final boolean[] incompatible;

  /// @param position of the expression that is aggregated
  HistogramTotals(boolean average, int steps, Notes notes, Position position) {
    this.average = average;
    this.notes = notes;
    this.position = position;
    this.means = new HistogramMean[steps];
    this.incompatible = new boolean[steps];
  }

  void add(String metric, @Nullable NativeHistogram[] histograms) {
    for (int i = 0; i < histograms.length; i++) {
      NativeHistogram histogram = histograms[i];
      if (histogram == null || incompatible[i]) {
        continue;
      }
      HistogramMean mean = means[i];
      if (mean == null) {
        means[i] = new HistogramMean(average, histogram);
      } else if (!mean.add(histogram)) {
        incompatible[i] = true;
        notes.mixedSchemas(metric, position);
      }
    }
  }

  /// The results, without those that make no sense: of exponential and custom buckets, and of
  /// floats and histograms.
  ///
  /// @param floats the results for the floats of the group; cleared where they do not stand alone
  @Nullable NativeHistogram[] result(double[] floats) {
    @Nullable NativeHistogram[] result = new NativeHistogram[means.length];
    for (int i = 0; i < means.length; i++) {
      HistogramMean mean = means[i];
      if (mean == null) {
        continue;
      }
      if (!Absent.is(floats[i])) {
        notes.mixedInAggregation(position);
        floats[i] = Absent.VALUE;
        continue;
      }
      if (mean.boundsReconciled()) {
        notes.boundsReconciled("aggregation", position);
      }
      if (!incompatible[i]) {
        if (mean.hintsConflict()) {
          notes.resetsConflict("aggregation", position);
        }
        result[i] = mean.value().compacted();
      }
    }
    return result;
  }
}
