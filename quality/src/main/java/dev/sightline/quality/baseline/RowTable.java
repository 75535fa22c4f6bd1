package dev.sightline.quality.baseline;

import dev.sightline.model.prediction.Datum;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Takes the rows of a file one by one, as values with types, into memory. Used by one thread.
public final class RowTable {
  private final FileRoom room;
  private final Map<String, ValueColumn> columns = new LinkedHashMap<>();
  private int rows;

  public RowTable() {
    this(FileRoom.usual());
  }

  RowTable(FileRoom room) {
    this.room = room;
  }

  /// @param row has the same columns as the first one
  /// @throws IllegalArgumentException in the user's words
  public void add(Datum.Fields row) {
    if (rows == 0) {
      begin(row.values());
    }
    row.values().forEach((name, value) -> column(name).add(value));
    rows++;
  }

  private void begin(Map<String, Datum> row) {
    if (row.size() > FileTable.MOST_COLUMNS) {
      throw new IllegalArgumentException(
          "there are " + row.size() + " columns, at most " + FileTable.MOST_COLUMNS);
    }
    row.keySet().forEach(name -> columns.put(name, new ValueColumn(room)));
  }

  private ValueColumn column(String name) {
    @Nullable ValueColumn column = columns.get(name);
    return Objects.requireNonNull(column, () -> "BUG: a row with another column, " + name);
  }

  public FileTable table() {
    return new FileTable(new LinkedHashMap<>(columns), rows);
  }
}
