package dev.sightline.predictions.engine;

import dev.sightline.model.query.SqlQueries.Kind;
import dev.sightline.model.query.SqlQueries.Truncation;
import dev.sightline.predictions.engine.EngineException.Reason;
import dev.sightline.predictions.engine.SqlRequest.SqlTable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Answers one SELECT over predictions on an instance of its own, which can neither write nor reach
/// anything but the files it is given, and is forgotten afterwards.
final class SqlAnswer {
  private static final String MOST_SPILLED = "4GB";

  private final Duck duck;

  SqlAnswer(Duck duck) {
    this.duck = duck;
  }

  /// @param sink told of the names, types and kinds of the columns, then of the rows
  Truncation answer(SqlRequest request, Duck.RowSink sink)
      throws SQLException, IOException, SqlTimeOut {
    long deadlineNs = System.nanoTime() + request.timeout().toNanos();
    try (Connection connection = duck.openStreaming()) {
      return answer(opened(connection, request), request, deadlineNs, sink);
    } catch (SQLException failure) {
      if (!isSilent(failure)) {
        throw failure;
      }
    }
    try (Connection connection = duck.open()) {
      return answer(opened(connection, request), request, deadlineNs, sink);
    }
  }

  private static Connection opened(Connection connection, SqlRequest request)
      throws SQLException, IOException {
    new SqlViews(connection, request.oldestMs()).make(request.tables());
    lock(connection, request.tables());
    SqlCheck.tables(connection, request.sql());
    return connection;
  }

  /// Where rows are made while they are asked for, the driver loses what went wrong with the first.
  /// Then all are made at once, only to be told.
  private static boolean isSilent(SQLException failure) {
    return String.valueOf(failure.getMessage()).contains("Invalid result set");
  }

  private static void lock(Connection connection, List<SqlTable> tables) throws SQLException {
    String files =
        tables.stream()
            .flatMap(SqlAnswer::read)
            .map(file -> Duck.text(file.toString()))
            .collect(Collectors.joining(", ", "[", "]"));
    Duck.execute(connection, "SET allowed_paths = " + files);
    Duck.execute(connection, "SET max_temp_directory_size = " + Duck.text(MOST_SPILLED));
    Duck.execute(connection, "SET enable_external_access = false");
    Duck.execute(connection, "SET lock_configuration = true");
  }

  /// Parquet files alone are read while the statement runs.
  private static Stream<Path> read(SqlTable table) {
    return table.parquet().stream();
  }

  private static Truncation answer(
      Connection connection, SqlRequest request, long deadlineNs, Duck.RowSink sink)
      throws SQLException, IOException, SqlTimeOut {
    Cancelling late = new Cancelling(deadlineNs);
    try (Statement statement = connection.createStatement()) {
      Thread watch = Thread.ofPlatform().daemon().start(() -> late.cancel(statement));
      try (ResultSet answer = statement.executeQuery(request.sql())) {
        return send(answer, request, sink);
      } catch (SQLException failure) {
        if (late.hasCancelled) {
          throw new SqlTimeOut();
        }
        throw failure;
      } finally {
        late.done.countDown();
        join(watch);
      }
    }
  }

  /// Cancels a statement at its time, unless it is done before.
  private static final class Cancelling {
    private final long deadlineNs;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean hasCancelled;

    Cancelling(long deadlineNs) {
      this.deadlineNs = deadlineNs;
    }

    void cancel(Statement statement) {
      try {
        if (!done.await(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          hasCancelled = true;
          statement.cancel();
        }
      } catch (InterruptedException | SQLException _) {
        // The server ends the process that does not stop.
      }
    }
  }

  /// The statement must not be closed while it is cancelled.
  private static void join(Thread watch) {
    try {
      watch.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// What a failure of DuckDB means.
  static Reason reason(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.startsWith("Out of Memory") || message.contains("Java heap space")
        ? Reason.OUT_OF_MEMORY
        : Reason.REFUSED;
  }

  private static Truncation send(ResultSet answer, SqlRequest request, Duck.RowSink sink)
      throws SQLException, IOException {
    List<String> types = head(answer.getMetaData(), sink);
    long bytes = 0;
    for (int row = 0; answer.next(); row++) {
      if (row == request.maxRows()) {
        return Truncation.ROWS;
      }
      List<@Nullable String> values = new ArrayList<>(types.size());
      for (int i = 1; i <= types.size(); i++) {
        String value = text(answer.getString(i), types.get(i - 1));
        bytes += value == null ? 1 : value.length() + 1;
        values.add(value);
      }
      if (bytes > request.maxBytes()) {
        return Truncation.BYTES;
      }
      sink.row(values);
    }
    return Truncation.NONE;
  }

  private static List<String> head(ResultSetMetaData columns, Duck.RowSink sink)
      throws SQLException, IOException {
    List<@Nullable String> names = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      names.add(columns.getColumnName(i));
      types.add(columns.getColumnTypeName(i));
    }
    sink.row(names);
    sink.row(new ArrayList<>(types));
    sink.row(types.stream().map(type -> kind(type).name()).toList());
    return types;
  }

  private static Kind kind(String type) {
    if (type.endsWith("]")) {
      return Kind.TEXT;
    }
    int bracket = type.indexOf('(');
    return switch (bracket < 0 ? type : type.substring(0, bracket)) {
      case "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "HUGEINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER",
          "UBIGINT",
          "UHUGEINT",
          "FLOAT",
          "DOUBLE",
          "DECIMAL" ->
          Kind.NUMBER;
      case "BOOLEAN" -> Kind.FLAG;
      default -> Kind.TEXT;
    };
  }

  private static @Nullable String text(@Nullable String value, String type) {
    boolean isTime = type.startsWith("TIMESTAMP") && !type.endsWith("]") && !type.contains("ZONE");
    if (value == null || !isTime || value.indexOf(' ') < 0) {
      return value;
    }
    String whole = value.endsWith(".0") ? value.substring(0, value.length() - 2) : value;
    return whole.replace(' ', 'T') + "Z";
  }
}
