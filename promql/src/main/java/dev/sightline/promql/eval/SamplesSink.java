package dev.sightline.promql.eval;

import dev.sightline.model.label.Labels;
import dev.sightline.model.series.SampleColumns;

/// Receives the series of a range vector one after the other.
interface SamplesSink {
  /// @param dropName whether the name falls away at the end of the query
  /// @param samples all that any window of the selector can see, without staleness markers; lent
  ///   for this call
  void accept(Labels labels, boolean dropName, SampleColumns samples);
}
