package dev.sightline.promql.eval;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Labels;
import org.jspecify.annotations.Nullable;

/// Receives the series of a vector one after the other.
interface ColumnSink {
  /// One series. The same labels may come again, with values at other steps.
  ///
  /// @param dropName whether the name falls away at the end of the query
  /// @param column one value for each step, some of them [Absent]; lent for this call, in which it
  ///   may be changed
  void accept(Labels labels, boolean dropName, double[] column);

  /// One series of which some values are histograms. Who knows nothing of histograms sees its
  /// floats alone.
  ///
  /// @param column absent where there is a histogram
  /// @param histograms one for each step, null for none; lent as the column is
  default void accept(
      Labels labels, boolean dropName, double[] column, @Nullable NativeHistogram[] histograms) {
    accept(labels, dropName, column);
  }

  /// As one of the others.
  default void pass(
      Labels labels,
      boolean dropName,
      double[] column,
      @Nullable NativeHistogram @Nullable [] histograms) {
    if (histograms == null) {
      accept(labels, dropName, column);
    } else {
      accept(labels, dropName, column, histograms);
    }
  }
}
