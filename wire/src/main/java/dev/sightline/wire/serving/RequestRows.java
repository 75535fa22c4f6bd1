package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns the four shapes in which MLflow takes rows, as JSON, into rows of features.
final class RequestRows {
  /// The name of a feature that was sent without one, as the only value of its row.
  static final String ONLY_FEATURE = "input";

  private RequestRows() {}

  /// `dataframe_split`: names once, then rows of values.
  static List<Map<String, Datum>> split(Datum frame) {
    if (!(frame instanceof Datum.Fields(Map<String, Datum> parts))) {
      throw new PayloadException("dataframe_split must be an object with columns and data");
    }
    List<Datum> rows = items(parts.get("data"), "dataframe_split.data");
    List<String> names = new ArrayList<>();
    if (parts.containsKey("columns")) {
      for (Datum column : items(parts.get("columns"), "dataframe_split.columns")) {
        names.add(columnName(column));
      }
    }
    boolean named = parts.containsKey("columns");
    List<Map<String, Datum>> namedRows = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      List<Datum> values = items(rows.get(i), "dataframe_split.data[" + i + "]");
      if (named && values.size() != names.size()) {
        throw new PayloadException(
            "dataframe_split.data[%d] has %d values for %d columns"
                .formatted(i, values.size(), names.size()));
      }
      namedRows.add(named ? byName(names, values) : byPosition(values));
    }
    return namedRows;
  }

  /// `dataframe_records`: an object for each row.
  static List<Map<String, Datum>> records(Datum frame) {
    List<Map<String, Datum>> rows = new ArrayList<>();
    for (Datum row : items(frame, "dataframe_records")) {
      if (!(row instanceof Datum.Fields(Map<String, Datum> features))) {
        throw new PayloadException(
            "dataframe_records[" + rows.size() + "] must be an object of features");
      }
      rows.add(features);
    }
    return rows;
  }

  /// `instances` and `inputs`: a list of rows, an object of columns, or one value.
  static List<Map<String, Datum>> tensor(String key, Datum tensor) {
    return switch (tensor) {
      case Datum.Items(List<Datum> rows) -> rows.stream().map(RequestRows::row).toList();
      case Datum.Fields(Map<String, Datum> columns) -> columns(key, columns);
      case Datum.Amount _, Datum.Text _, Datum.Flag _ -> List.of(row(tensor));
      case Datum.Missing _ -> throw new PayloadException(key + " is null; expected rows");
    };
  }

  /// The features of one row, by name or else by position.
  static Map<String, Datum> row(Datum row) {
    return switch (row) {
      case Datum.Fields(Map<String, Datum> features) -> features;
      case Datum.Items(List<Datum> values) -> byPosition(values);
      case Datum.Missing _, Datum.Amount _, Datum.Text _, Datum.Flag _ -> Map.of(ONLY_FEATURE, row);
    };
  }

  /// Lists are columns, of one length; an object without any list is a single row.
  private static List<Map<String, Datum>> columns(String key, Map<String, Datum> columns) {
    if (columns.values().stream().noneMatch(Datum.Items.class::isInstance)) {
      return List.of(columns);
    }
    int rowCount = -1;
    for (Map.Entry<String, Datum> column : columns.entrySet()) {
      int size = items(column.getValue(), key + "." + column.getKey()).size();
      if (rowCount >= 0 && size != rowCount) {
        throw new PayloadException(
            "the columns of %s have different lengths: %d and %d".formatted(key, rowCount, size));
      }
      rowCount = size;
    }
    List<Map<String, Datum>> rows = new ArrayList<>(rowCount);
    for (int i = 0; i < rowCount; i++) {
      Map<String, Datum> row = LinkedHashMap.newLinkedHashMap(columns.size());
      for (Map.Entry<String, Datum> column : columns.entrySet()) {
        row.put(column.getKey(), items(column.getValue(), key).get(i));
      }
      rows.add(row);
    }
    return rows;
  }

  static Map<String, Datum> byName(List<String> names, List<Datum> values) {
    Map<String, Datum> row = LinkedHashMap.newLinkedHashMap(names.size());
    for (int i = 0; i < names.size(); i++) {
      row.put(names.get(i), values.get(i));
    }
    return row;
  }

  /// Each value under its position.
  static Map<String, Datum> byPosition(List<Datum> values) {
    Map<String, Datum> row = LinkedHashMap.newLinkedHashMap(values.size());
    for (int i = 0; i < values.size(); i++) {
      row.put(Integer.toString(i), values.get(i));
    }
    return row;
  }

  private static String columnName(Datum column) {
    String name = ModelOutput.className(column);
    if (name == null) {
      throw new PayloadException("dataframe_split.columns must be names");
    }
    return name;
  }

  private static List<Datum> items(@Nullable Datum value, String place) {
    if (value instanceof Datum.Items(List<Datum> items)) {
      return items;
    }
    throw new PayloadException(place + (value == null ? " is missing" : " must be a list"));
  }
}
