package dev.sightline.predictions.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/// DuckDB, in memory, with limits. Each piece of work has an instance of its own, which is
/// forgotten with all its tables.
final class Duck {
  private final Path directory;
  private final int memoryMb;
  private final int threads;

  /// Told of each row of an answer, as texts.
  @FunctionalInterface
  interface RowSink {
    void row(List<String> values) throws IOException;
  }

  Duck(Path directory, int memoryMb, int threads) {
    this.directory = directory;
    this.memoryMb = memoryMb;
    this.threads = threads;
  }

  /// A fresh instance that may touch the directory alone.
  Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:duckdb:", settings());
  }

  /// The same; it makes rows while they are asked for, so that memory need not hold an answer.
  Connection openStreaming() throws SQLException {
    Properties settings = settings();
    settings.setProperty("jdbc_stream_results", "true");
    return DriverManager.getConnection("jdbc:duckdb:", settings);
  }

  private Properties settings() {
    Properties settings = new Properties();
    settings.setProperty("memory_limit", memoryMb + "MB");
    settings.setProperty("threads", Integer.toString(threads));
    settings.setProperty("temp_directory", directory.resolve("engine/tmp").toString());
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    return settings;
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Answers one SELECT over a view of Parquet files, and can neither write nor reach anything
  /// else.
  ///
  /// @return how many rows there were
  long query(int maxRows, String view, String sql, List<String> files, RowSink sink)
      throws SQLException, IOException {
    try (Connection connection = open()) {
      execute(
          connection,
          "CREATE VIEW "
              + name(view)
              + " AS SELECT * FROM read_parquet("
              + files.stream().map(Duck::text).collect(Collectors.joining(", ", "[", "]"))
              + ", union_by_name = true)");
      execute(connection, "SET allowed_directories = [" + text(directory + "/parts/") + "]");
      execute(connection, "SET enable_external_access = false");
      execute(connection, "SET lock_configuration = true");
      requireSelect(connection, sql);
      try (Statement statement = connection.createStatement();
          ResultSet answer = statement.executeQuery(sql)) {
        return send(answer, maxRows, sink);
      }
    }
  }

  /// DuckDB turns nothing but SELECT statements into JSON.
  private static void requireSelect(Connection connection, String sql) throws SQLException {
    try (PreparedStatement check =
        connection.prepareStatement(
            "SELECT json_extract_string(j, '$.error'), json_extract_string(j, '$.error_message'),"
                + " json_array_length(j, '$.statements') FROM (SELECT json_serialize_sql(?) AS j)")) {
      check.setString(1, sql);
      try (ResultSet found = check.executeQuery()) {
        found.next();
        if ("true".equals(found.getString(1))) {
          throw new SQLException(found.getString(2));
        }
        if (found.getLong(3) != 1) {
          throw new SQLException("one statement is answered at a time");
        }
      }
    }
  }

  private static long send(ResultSet answer, int maxRows, RowSink sink)
      throws SQLException, IOException {
    ResultSetMetaData columns = answer.getMetaData();
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      names.add(columns.getColumnName(i));
    }
    sink.row(names);
    long rows = 0;
    while (rows < maxRows && answer.next()) {
      List<String> values = new ArrayList<>();
      for (int i = 1; i <= names.size(); i++) {
        String value = answer.getString(i);
        values.add(value == null ? "" : value);
      }
      sink.row(values);
      rows++;
    }
    return rows;
  }

  /// As a name in SQL.
  static String name(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  /// As a literal in SQL.
  static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
