package dev.sightline.promql.eval;

import dev.sightline.model.label.Labels;

/// One series of a vector, kept.
final class Row {
  private final Labels labels;
  private final boolean dropName;
  private final double[] column;

  /// @param dropName whether the name falls away at the end of the query
  /// @param column one value for each step, some of them [Absent]; owned by the row from now on
  Row(Labels labels, boolean dropName, double[] column) {
    this.labels = labels;
    this.dropName = dropName;
    this.column = column;
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

  boolean hasValueAt(int step) {
    return !Absent.is(column[step]);
  }
}
