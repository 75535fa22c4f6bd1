package dev.sightline.promql.eval;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Labels;
import org.jspecify.annotations.Nullable;

/// Receives series of floats and of histograms alike.
interface MixedSink extends ColumnSink {
  /// @param histograms null where all values are floats
  void any(
      Labels labels,
      boolean dropName,
      double[] column,
      @Nullable NativeHistogram @Nullable [] histograms);

  @Override
  default void accept(Labels labels, boolean dropName, double[] column) {
    any(labels, dropName, column, null);
  }

  @Override
  default void accept(
      Labels labels, boolean dropName, double[] column, @Nullable NativeHistogram[] histograms) {
    any(labels, dropName, column, histograms);
  }
}
