package dev.sightline.quality.offline;

import dev.sightline.wire.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What was kept of the columns of one table.
record KeptTable(long rows, List<ColumnKept> columns) {
  KeptTable {
    columns = List.copyOf(columns);
  }

  /// Reads columns in one go.
  static KeptTable read(Table table, int[] columns, KeepRows keep, int columnsAtOnce) {
    KeptSink[] sinks = new KeptSink[table.columns().size()];
    long rows =
        table.read(
            columns,
            column -> {
              sinks[column] = new KeptSink(keep, columnsAtOnce);
              return sinks[column];
            });
    List<ColumnKept> kept = new ArrayList<>();
    Arrays.stream(columns).forEach(column -> kept.add(sinks[column].kept()));
    return new KeptTable(rows, kept);
  }
}
