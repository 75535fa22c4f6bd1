package dev.sightline.wire.table;

/// Takes the values of one column: numbers in the order of rows, texts in none. A column is numbers
/// or texts, never both.
public interface ColumnSink {
  /// @param values the reader's, who sees them changed or not; NaN and the infinities among them
  /// @param count of the values, from the first
  void numbers(double[] values, int count);

  /// One text that occurs some times more.
  ///
  /// @param bytes UTF-8, the reader's again after the call
  void text(byte[] bytes, int from, int length, long times);

  /// Rows without a value.
  void missing(long rows);
}
