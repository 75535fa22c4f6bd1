package dev.sightline.promql.eval;

import dev.sightline.model.label.Labels;

/// Receives the series of a vector one after the other.
interface ColumnSink {
  /// One series. The same labels may come again, with values at other steps.
  ///
  /// @param dropName whether the name falls away at the end of the query
  /// @param column one value for each step, some of them [Absent]; lent for this call, in which it
  ///   may be changed
  void accept(Labels labels, boolean dropName, double[] column);
}
