package dev.sightline.predictions.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Reads a Parquet file of any columns, row by row, as JSON.
///
/// Times become RFC 3339 with microseconds, in UTC; what is nested stays nested.
final class ParquetReader {
  private final Duck duck;

  ParquetReader(Duck duck) {
    this.duck = duck;
  }

  /// @param sink told of each row as one text
  /// @return how many rows there were
  long read(Path file, Duck.RowSink sink) throws SQLException, IOException {
    try (Connection connection = duck.openStreaming()) {
      Duck.execute(
          connection,
          "CREATE VIEW sent AS SELECT * FROM read_parquet(" + Duck.text(file.toString()) + ")");
      Duck.execute(
          connection, "SET allowed_directories = [" + Duck.text(file.getParent() + "/") + "]");
      Duck.execute(connection, "SET enable_external_access = false");
      Duck.execute(connection, "SET lock_configuration = true");
      String columns = String.join(", ", columns(connection));
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT CAST(to_json(one) AS VARCHAR) FROM (SELECT "
                      + columns
                      + " FROM sent) AS one")) {
        long count = 0;
        while (rows.next()) {
          sink.row(List.of(rows.getString(1)));
          count++;
        }
        return count;
      }
    }
  }

  private static List<String> columns(Connection connection) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery("SELECT column_name, column_type FROM (DESCRIBE sent)")) {
      while (found.next()) {
        String name = Duck.name(found.getString(1));
        boolean isTime = found.getString(2).startsWith("TIMESTAMP");
        columns.add(
            isTime
                ? "strftime(make_timestamp(epoch_us("
                    + name
                    + ")), '%Y-%m-%dT%H:%M:%S.%fZ') AS "
                    + name
                : name);
      }
    }
    return columns;
  }
}
