package dev.sightline.quality.baseline;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The rows of a file in memory, as if they were predictions: each column is an input, but
/// `prediction`, `confidence` and `ground_truth`. Used by one thread.
public final class FileTable implements PredictionColumns {
  static final int MOST_COLUMNS = 1_000;
  private static final int BATCH_ROWS = 8_192;
  private static final int PEEKED = 250;

  private final Map<String, FileColumn> columns;
  private final int rows;

  FileTable(Map<String, FileColumn> columns, int rows) {
    this.columns = columns;
    this.rows = rows;
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
    FileColumn outputs = columns.get("prediction");
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
        FileColumn column = column(each.field());
        wanted.add(
            switch (each) {
              case Wanted.Numbers _ -> numbers(column, start, count);
              case Wanted.Texts _ -> texts(column, start, count, scan.maxWords());
              case Wanted.Lists _ -> lists(column, start, count);
            });
      }
      into.accept(new Batch(count, timesMs, wanted));
    }
  }

  private @Nullable FileColumn column(Field field) {
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

  /// @param column null for one that the file does not have
  private static Column numbers(@Nullable FileColumn column, int start, int count) {
    double[] numbers = new double[count];
    Arrays.fill(numbers, Double.NaN);
    for (int row = 0; column != null && row < count; row++) {
      numbers[row] = column.number(start + row);
    }
    return new Column.Numbers(numbers);
  }

  private static Column lists(@Nullable FileColumn column, int start, int count) {
    Datum[] values = new Datum[count];
    for (int row = 0; row < count; row++) {
      values[row] = column == null ? new Datum.Missing() : column.datum(start + row);
    }
    return new Column.Lists(values);
  }

  private static Column texts(@Nullable FileColumn column, int start, int count, int maxWords) {
    int[] found = new int[count];
    Arrays.fill(found, Column.Texts.ABSENT);
    for (int row = 0; column != null && row < count; row++) {
      int code = column.code(start + row);
      found[row] =
          code == FileColumn.MISSING
              ? Column.Texts.ABSENT
              : code < maxWords ? code : Column.Texts.OTHER;
    }
    List<String> words = column == null ? List.of() : column.words();
    return new Column.Texts(found, words);
  }
}
