package dev.sightline.predictions.engine;

import dev.sightline.predictions.engine.Frames.Frame;
import dev.sightline.predictions.engine.SqlRequest.SqlTable;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// Makes the views that a statement reads: one for each model that has a name here, from its
/// Parquet files, its row files and its late truths, and [#ALL] over those of all.
///
/// What is not in Parquet files becomes tables in a schema of its own, so that no name of a model
/// meets theirs. Used once, by one thread.
final class SqlViews {
  /// The view of the rows of all models.
  static final String ALL = "predictions";

  private static final String FRESH = "sightline_fresh";

  private final Connection connection;
  private final long oldestMs;
  private int tables;

  SqlViews(Connection connection, long oldestMs) {
    this.connection = connection;
    this.oldestMs = oldestMs;
  }

  void make(List<SqlTable> models) throws SQLException, IOException {
    Duck.execute(connection, "CREATE SCHEMA " + FRESH);
    List<String> all = new ArrayList<>();
    for (SqlTable model : models) {
      String select = select(model);
      all.add(select);
      String name = model.name();
      if (name != null) {
        Duck.execute(connection, "CREATE VIEW main." + Duck.name(name) + " AS " + select);
      }
    }
    String whole = all.isEmpty() ? "SELECT * FROM " + empty() : byName(all);
    Duck.execute(connection, "CREATE VIEW main." + ALL + " AS " + whole);
  }

  private String select(SqlTable model) throws SQLException, IOException {
    List<String> sources = new ArrayList<>();
    if (!model.parquet().isEmpty()) {
      String files =
          model.parquet().stream()
              .map(file -> Duck.text(file.toString()))
              .collect(Collectors.joining(", ", "[", "]"));
      sources.add("SELECT * FROM read_parquet(" + files + ", union_by_name = true)");
    }
    for (Path file : model.rows()) {
      sources.add("SELECT * FROM " + table(file));
    }
    String stored = sources.isEmpty() ? "" : withTruths(byName(sources), model.truths());
    Path fresh = model.fresh();
    String inMemory = "SELECT * FROM " + (fresh == null ? empty() : table(fresh));
    String rows =
        stored.isEmpty()
            ? inMemory
            : fresh == null ? stored : byName(List.of("SELECT * FROM (" + stored + ")", inMemory));
    return "SELECT * FROM (" + rows + ") WHERE time >= make_timestamp_ms(" + oldestMs + ")";
  }

  private String table(Path rowFile) throws SQLException {
    String table = fresh();
    RowTable.make(connection, FRESH, table, rowFile);
    return FRESH + "." + table;
  }

  private static String byName(List<String> selects) {
    return String.join(" UNION ALL BY NAME ", selects);
  }

  private String withTruths(String rows, @Nullable Path truths) throws SQLException, IOException {
    if (truths == null) {
      return rows;
    }
    String late = FRESH + "." + late(truths);
    return "SELECT r.* REPLACE (CASE WHEN t.id IS NULL THEN r.truth ELSE t.truth END AS truth,"
        + " CASE WHEN t.id IS NULL THEN r.truth_number ELSE t.number END AS truth_number,"
        + " CASE WHEN t.id IS NULL THEN r.truth_time ELSE t.time END AS truth_time)"
        + (" FROM (" + rows + ") AS r LEFT JOIN " + late + " AS t ON t.id = r.id");
  }

  private String late(Path truths) throws SQLException, IOException {
    String table = fresh();
    Duck.execute(
        connection,
        "CREATE TABLE "
            + FRESH
            + "."
            + table
            + " (id VARCHAR, truth VARCHAR, number DOUBLE, time TIMESTAMP_MS)");
    Duck.execute(connection, "BEGIN TRANSACTION");
    try (DataInputStream from =
            new DataInputStream(new BufferedInputStream(Files.newInputStream(truths)));
        DuckDBAppender to =
            connection.unwrap(DuckDBConnection.class).createAppender(FRESH, table)) {
      while (append(from, to)) {
        // one frame after the other
      }
    }
    Duck.execute(connection, "COMMIT");
    return table;
  }

  private static boolean append(DataInputStream from, DuckDBAppender to)
      throws SQLException, IOException {
    Frame frame;
    try {
      frame = Frames.read(from);
    } catch (EOFException _) {
      return false;
    }
    to.beginRow();
    to.append(frame.text(0));
    String truth = frame.texts().get(1);
    if (truth == null) {
      to.appendNull();
    } else {
      to.append(truth);
    }
    String number = frame.texts().get(2);
    if (number == null) {
      to.appendNull();
    } else {
      to.append(Double.parseDouble(number));
    }
    to.appendEpochMillis(Long.parseLong(frame.text(3)));
    to.endRow();
    return true;
  }

  private String empty() throws SQLException {
    String table = fresh();
    String columns = String.join(", ", RowTable.FIXED);
    Duck.execute(connection, "CREATE TABLE " + FRESH + "." + table + " (" + columns + ")");
    return FRESH + "." + table;
  }

  private String fresh() {
    return "t" + tables++;
  }
}
