package dev.sightline.promql.eval;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Labels;
import org.jspecify.annotations.Nullable;

/// One series of a vector, kept.
final class Row {
  private final Labels labels;
  private final boolean dropName;
  private final double[] column;
  private final @Nullable NativeHistogram @Nullable [] histograms;

  /// @param dropName whether the name falls away at the end of the query
  /// @param column one value for each step, some of them [Absent]; owned by the row from now on
  Row(Labels labels, boolean dropName, double[] column) {
    this(labels, dropName, column, null);
  }

  /// @param histograms one for each step, null for none; owned by the row from now on
  Row(
      Labels labels,
      boolean dropName,
      double[] column,
      @Nullable NativeHistogram @Nullable [] histograms) {
    this.labels = labels;
    this.dropName = dropName;
    this.column = column;
    this.histograms = histograms;
  }

  Labels labels() {
    return labels;
  }

  boolean dropName() {
    return dropName;
  }

  double[] column() {
    return column;
  }

  @Nullable NativeHistogram @Nullable [] histograms() {
    return histograms;
  }

  @Nullable NativeHistogram histogramAt(int step) {
    return histograms == null ? null : histograms[step];
  }

  boolean hasValueAt(int step) {
    return !Absent.is(column[step]) || histogramAt(step) != null;
  }
}
