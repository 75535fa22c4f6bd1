package dev.sightline.predictions.engine;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.predictions.part.Part;
import dev.sightline.predictions.part.PartWalk;
import dev.sightline.predictions.part.Parts;
import dev.sightline.predictions.part.StoredRow;
import dev.sightline.predictions.record.DatumText;
import dev.sightline.predictions.record.RecordCodec;
import dev.sightline.predictions.record.TruthHistory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// Makes a table of DuckDB from a row file, its rows in their order, a column for each field.
///
/// `feature.NAME` is a number where every value in the file is one, a flag where every value is,
/// else text; lists and fields are JSON. What no row has a value of has no column: its type would
/// be a guess. Outputs and truths stand as text and, where they are numbers, as `…_number`. DuckDB
/// takes names that differ in case alone for one, so that of such features only the first has a
/// column; and there are at most [#MAX_COLUMNS] of them.
final class RowTable {
  /// The columns that every table has.
  static final List<String> FIXED =
      List.of(
          "model VARCHAR",
          "id VARCHAR",
          "time TIMESTAMP_MS",
          "version VARCHAR",
          "output VARCHAR",
          "output_number DOUBLE",
          "confidence DOUBLE",
          "latency_ms DOUBLE",
          "truth VARCHAR",
          "truth_number DOUBLE",
          "truth_time TIMESTAMP_MS",
          "tags VARCHAR");

  private static final int MAX_COLUMNS = 2_000;
  private static final String FEATURE = "feature.";
  private static final String PROBABILITY = "probability.";

  private final Map<String, Type> features = new LinkedHashMap<>();
  private final Map<String, Type> probabilities = new LinkedHashMap<>();

  private RowTable() {}

  /// A type that all values of a column have.
  private enum Type {
    UNKNOWN,
    DOUBLE,
    BOOLEAN,
    VARCHAR;

    static Type of(Datum datum) {
      return switch (datum) {
        case Datum.Missing() -> UNKNOWN;
        case Datum.Amount _ -> DOUBLE;
        case Datum.Flag _ -> BOOLEAN;
        case Datum.Text _, Datum.Items _, Datum.Fields _ -> VARCHAR;
      };
    }

    Type and(Type other) {
      if (this == UNKNOWN || this == other) {
        return other;
      }
      return other == UNKNOWN ? this : VARCHAR;
    }
  }

  /// @param schema that has no such table yet
  /// @return how many rows there are
  static long make(Connection connection, String schema, String table, Path rowFile)
      throws SQLException {
    try (Parts.RowsOnly rows = Parts.rowsOnly(rowFile)) {
      RowTable made = new RowTable();
      made.learn(rows.part());
      Duck.execute(
          connection, "CREATE TABLE " + schema + "." + table + " (" + made.columns() + ")");
      Duck.execute(connection, "BEGIN TRANSACTION");
      long count =
          made.append(
              connection.unwrap(DuckDBConnection.class).createAppender(schema, table),
              walk(rows.part()));
      Duck.execute(connection, "COMMIT");
      return count;
    }
  }

  private static Iterator<StoredRow> walk(Part part) {
    return new PartWalk(part, Long.MIN_VALUE, Long.MAX_VALUE, false);
  }

  private void learn(Part part) {
    walk(part).forEachRemaining(row -> learn(RecordCodec.decodePrediction(row.record())));
    features.values().removeIf(type -> type == Type.UNKNOWN);
    dropTwins(features);
    dropTwins(probabilities);
  }

  private void learn(Prediction prediction) {
    prediction.features().forEach((name, value) -> learn(features, name, Type.of(value)));
    prediction.probabilities().keySet().forEach(name -> learn(probabilities, name, Type.DOUBLE));
  }

  private static void learn(Map<String, Type> columns, String name, Type type) {
    if (columns.containsKey(name) || columns.size() < MAX_COLUMNS) {
      columns.merge(name, type, Type::and);
    }
  }

  private static void dropTwins(Map<String, Type> columns) {
    Map<String, String> first = new LinkedHashMap<>();
    columns.keySet().forEach(name -> first.putIfAbsent(name.toLowerCase(Locale.ROOT), name));
    columns.keySet().removeIf(name -> !name.equals(first.get(name.toLowerCase(Locale.ROOT))));
  }

  private String columns() {
    List<String> columns = new ArrayList<>(FIXED);
    features.forEach((name, type) -> columns.add(Duck.name(FEATURE + name) + " " + type.name()));
    probabilities.keySet().forEach(name -> columns.add(Duck.name(PROBABILITY + name) + " DOUBLE"));
    return String.join(", ", columns);
  }

  private long append(DuckDBAppender appender, Iterator<StoredRow> rows) throws SQLException {
    long count = 0;
    try (appender) {
      while (rows.hasNext()) {
        append(appender, rows.next());
        count++;
      }
    }
    return count;
  }

  private void append(DuckDBAppender to, StoredRow row) throws SQLException {
    Prediction prediction = RecordCodec.decodePrediction(row.record());
    to.beginRow();
    to.append(prediction.model()).append(prediction.id()).appendEpochMillis(prediction.timeMs());
    text(to, prediction.version().isEmpty() ? null : prediction.version());
    text(to, DatumText.of(prediction.output()));
    number(to, amount(prediction.output()));
    number(to, prediction.confidence());
    number(to, prediction.latencyMs());
    truth(to, row.truths());
    text(to, prediction.tags().isEmpty() ? null : tags(prediction));
    for (Map.Entry<String, Type> column : features.entrySet()) {
      feature(to, prediction.features().get(column.getKey()), column.getValue());
    }
    for (String name : probabilities.keySet()) {
      number(to, prediction.probabilities().get(name));
    }
    to.endRow();
  }

  private static String tags(Prediction prediction) {
    Map<String, Datum> tags = new LinkedHashMap<>();
    prediction.tags().forEach((name, value) -> tags.put(name, new Datum.Text(value)));
    return String.valueOf(DatumText.of(new Datum.Fields(tags)));
  }

  private static void truth(DuckDBAppender to, @Nullable TruthHistory truths) throws SQLException {
    if (truths == null) {
      to.appendNull().appendNull().appendNull();
      return;
    }
    GroundTruth newest = truths.newest();
    text(to, DatumText.of(newest.value()));
    number(to, amount(newest.value()));
    to.appendEpochMillis(newest.timeMs());
  }

  private static void feature(DuckDBAppender to, @Nullable Datum value, Type type)
      throws SQLException {
    switch (value) {
      case null -> to.appendNull();
      case Datum.Amount(double amount) when type == Type.DOUBLE -> to.append(amount);
      case Datum.Flag(boolean flag) when type == Type.BOOLEAN -> to.append(flag);
      default -> text(to, DatumText.of(value));
    }
  }

  private static @Nullable Double amount(Datum datum) {
    return datum instanceof Datum.Amount(double value) ? (Double) value : null;
  }

  private static void text(DuckDBAppender to, @Nullable String value) throws SQLException {
    if (value == null) {
      to.appendNull();
    } else {
      to.append(value);
    }
  }

  private static void number(DuckDBAppender to, @Nullable Double value) throws SQLException {
    if (value == null) {
      to.appendNull();
    } else {
      to.append(value.doubleValue());
    }
  }
}
