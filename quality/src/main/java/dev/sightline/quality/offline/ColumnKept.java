package dev.sightline.quality.offline;

/// What was kept of a column, all of it read.
sealed interface ColumnKept permits NumberColumn, TextColumn {
  boolean isExact();

  /// Rows with a finite number or a text.
  long n();

  long missing();

  long infinite();
}
