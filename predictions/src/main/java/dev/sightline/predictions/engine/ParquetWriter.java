package dev.sightline.predictions.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// Writes the rows of a part as a Parquet file; see [RowTable] for its columns.
final class ParquetWriter {
  private final Duck duck;

  ParquetWriter(Duck duck) {
    this.duck = duck;
  }

  /// @return how many rows were written
  long write(Path rowFile, Path parquet) throws SQLException {
    try (Connection connection = duck.open()) {
      long count = RowTable.make(connection, "main", "rows", rowFile);
      Duck.execute(
          connection,
          "COPY rows TO " + Duck.text(parquet.toString()) + " (FORMAT parquet, COMPRESSION zstd)");
      return count;
    }
  }
}
