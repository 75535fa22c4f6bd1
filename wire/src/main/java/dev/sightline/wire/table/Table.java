package dev.sightline.wire.table;

import java.util.List;
import java.util.Map;

/// A table in a file: named columns of equally many rows.
///
/// Safe for any number of threads, each reading columns of its own.
public interface Table extends AutoCloseable {
  /// The most columns that a table may have.
  int MAX_COLUMNS = 20_000;

  /// Names, each once, in the order of the file.
  List<String> columns();

  /// Columns that hold neither numbers nor texts, by name, with why they are left out.
  Map<String, String> skipped();

  /// Whether a column can be read at the price of that column alone.
  boolean isColumnar();

  /// Reads columns from the first row to the last.
  ///
  /// @param columns their places in [#columns]
  /// @return how many rows there are
  /// @throws BadTableException if the file is not what it should be
  long read(int[] columns, TableSinks sinks);

  @Override
  void close();
}
