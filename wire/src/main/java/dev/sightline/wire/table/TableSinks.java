package dev.sightline.wire.table;

/// Who takes the columns of a table.
@FunctionalInterface
public interface TableSinks {
  /// The sink of one column. Asked for a second time where a column that began with numbers turned
  /// out to hold texts: then all of it comes again, as texts, and what came before is void.
  ColumnSink of(int column);
}
