package dev.sightline.quality.baseline;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.wire.csv.CsvException;
import dev.sightline.wire.csv.CsvReader;
import dev.sightline.wire.csv.CsvReader.Line;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The rows of a CSV file (RFC 4180) in memory, as if they were predictions: each column is an
/// input, but `prediction`, `confidence` and `ground_truth`. Its first line names the columns.
///
/// Unchangeable once read.
public final class CsvTable implements PredictionColumns {
  static final int MOST_COLUMNS = 1_000;
  private static final int BATCH_ROWS = 8_192;
  private static final int PEEKED = 250;

  private final Map<String, CsvColumn> columns;
  private final int rows;

  private CsvTable(Map<String, CsvColumn> columns, int rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /// @param bytes UTF-8
  /// @throws IllegalArgumentException in the user's words, with the line
  public static CsvTable read(byte[] bytes) {
    try {
      CsvReader lines = new CsvReader(new ByteArrayInputStream(bytes));
      Map<String, CsvColumn> columns = columns(lines.next());
      List<CsvColumn> inOrder = List.copyOf(columns.values());
      int rows = 0;
      for (Line line = lines.next(); line != null; line = lines.next()) {
        add(line, inOrder);
        rows++;
      }
      return new CsvTable(columns, rows);
    } catch (CsvException damaged) {
      throw new IllegalArgumentException(damaged.getMessage(), damaged);
    }
  }

  private static Map<String, CsvColumn> columns(@Nullable Line header) {
    if (header == null) {
      throw new IllegalArgumentException("line 1: there are no names of columns");
    }
    List<String> names = cells(header);
    if (names.size() > MOST_COLUMNS) {
      throw fault(header, "there are " + names.size() + " columns, at most " + MOST_COLUMNS);
    }
    Map<String, CsvColumn> columns = new LinkedHashMap<>();
    for (String name : names) {
      if (name.isBlank() || columns.put(name.strip(), new CsvColumn()) != null) {
        throw fault(header, "column \"" + name.strip() + "\" is there twice or empty");
      }
    }
    return columns;
  }

  private static void add(Line line, List<CsvColumn> columns) {
    List<String> cells = cells(line);
    if (cells.size() != columns.size()) {
      throw fault(line, "there are " + cells.size() + " cells, and " + columns.size() + " columns");
    }
    for (int column = 0; column < cells.size(); column++) {
      columns.get(column).add(cells.get(column).strip());
    }
  }

  private static List<String> cells(Line line) {
    String problem = line.problem();
    if (problem != null) {
      throw fault(line, problem);
    }
    return line.cells();
  }

  private static IllegalArgumentException fault(Line line, String what) {
    return new IllegalArgumentException("line " + line.line() + ": " + what);
  }

  int rows() {
    return rows;
  }

  /// The first and the last rows, by which kinds of features are told.
  List<Labelled> peek() {
    List<Labelled> some = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      if (row < PEEKED || row >= rows - PEEKED) {
        some.add(row(row));
      }
    }
    return some;
  }

  private Labelled row(int row) {
    Map<String, Datum> features = new LinkedHashMap<>();
    columns.forEach(
        (name, column) -> {
          if (!isSpecial(name)) {
            features.put(name, column.datum(row));
          }
        });
    CsvColumn outputs = columns.get("prediction");
    Datum output = outputs == null ? new Datum.Missing() : outputs.datum(row);
    return new Labelled(
        new Prediction(
            "row " + row, "file", "", row, features, output, null, Map.of(), null, Map.of()),
        null);
  }

  private static boolean isSpecial(String name) {
    return name.equals("prediction") || name.equals("confidence") || name.equals("ground_truth");
  }

  @Override
  public void scan(Scan scan, Consumer<Batch> into) {
    for (int start = 0; start < rows; start += BATCH_ROWS) {
      int count = Math.min(BATCH_ROWS, rows - start);
      long[] timesMs = new long[count];
      for (int row = 0; row < count; row++) {
        timesMs[row] = (long) start + row;
      }
      List<Column> wanted = new ArrayList<>();
      for (Wanted each : scan.wanted()) {
        CsvColumn column = column(each.field());
        wanted.add(
            switch (each) {
              case Wanted.Numbers _ -> CsvColumn.numbers(column, start, count);
              case Wanted.Texts _ -> CsvColumn.texts(column, start, count, scan.maxWords());
              case Wanted.Lists _ -> CsvColumn.lists(column, start, count);
            });
      }
      into.accept(new Batch(count, timesMs, wanted));
    }
  }

  private @Nullable CsvColumn column(Field field) {
    return switch (field) {
      case Field.Feature(String name) -> isSpecial(name) ? null : columns.get(name);
      case Field.Output() -> columns.get("prediction");
      case Field.Confidence() -> columns.get("confidence");
      case Field.Truth() -> columns.get("ground_truth");
      case Field.TruthTimeMs _,
          Field.LatencyMs _,
          Field.Version _,
          Field.Probability _,
          Field.Tag _ ->
          null;
    };
  }
}
