package dev.sightline.predictions.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// DuckDB, in memory, with limits. Each piece of work has an instance of its own, which is
/// forgotten with all its tables.
final class Duck {
  private final Path spill;
  private final int memoryMb;
  private final int threads;

  /// Told of each row of an answer, as texts; null for what is not there.
  @FunctionalInterface
  interface RowSink {
    void row(List<? extends @Nullable String> values) throws IOException;
  }

  /// @param spill a folder for what does not fit into memory, of this process alone
  Duck(Path spill, int memoryMb, int threads) {
    this.spill = spill;
    this.memoryMb = memoryMb;
    this.threads = threads;
  }

  /// A fresh instance.
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
    settings.setProperty("temp_directory", spill.toString());
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    return settings;
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
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
