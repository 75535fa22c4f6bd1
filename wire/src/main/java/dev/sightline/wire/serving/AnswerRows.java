package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Splits a model's answer into rows.
final class AnswerRows {
  private AnswerRows() {}

  /// @param rowCount how many rows were sent; negative where that is not known
  static List<Datum> of(Datum answer, int rowCount) {
    return switch (answer) {
      case Datum.Items(List<Datum> items) ->
          rowCount == 1 && items.size() != 1 ? List.of(answer) : items;
      case Datum.Fields(Map<String, Datum> fields) when isColumns(fields, rowCount) ->
          fromColumns(fields, rowCount);
      case Datum.Fields _, Datum.Amount _, Datum.Text _, Datum.Flag _, Datum.Missing _ ->
          List.of(answer);
    };
  }

  /// Reads each row.
  ///
  /// @throws PayloadException if these are too many rows, or not as many as were sent
  static List<ModelOutput> outputs(List<Datum> rows, OutputMapping mapping, int rowCount) {
    if (rowCount >= 0 && rows.size() != rowCount) {
      throw new PayloadException(
          rowCount + " rows were sent, " + rows.size() + " predictions came back");
    }
    if (rows.size() > ScoringRequest.MAX_ROWS) {
      throw new PayloadException(
          rows.size()
              + " predictions in one answer; at most "
              + ScoringRequest.MAX_ROWS
              + " are read");
    }
    OutputReader reader = new OutputReader(mapping);
    return rows.stream().map(reader::read).toList();
  }

  /// Whether each field is a list with a value for each row, as servers of data frames answer.
  private static boolean isColumns(Map<String, Datum> fields, int rowCount) {
    return rowCount >= 0
        && !fields.isEmpty()
        && fields.values().stream()
            .allMatch(
                value -> value instanceof Datum.Items items && items.values().size() == rowCount);
  }

  private static List<Datum> fromColumns(Map<String, Datum> columns, int rowCount) {
    List<Datum> rows = new ArrayList<>(rowCount);
    for (int i = 0; i < rowCount; i++) {
      Map<String, Datum> row = LinkedHashMap.newLinkedHashMap(columns.size());
      for (Map.Entry<String, Datum> column : columns.entrySet()) {
        row.put(column.getKey(), ((Datum.Items) column.getValue()).values().get(i));
      }
      rows.add(new Datum.Fields(row));
    }
    return rows;
  }
}
