package dev.sightline.wire.table;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// All that a table gave, by column.
public final class ReadColumns {
  private final List<Column> columns = new ArrayList<>();
  private final long rows;

  /// What one column gave.
  public static final class Column implements ColumnSink {
    private final List<Double> numbers = new ArrayList<>();
    private final Map<String, Long> texts = new TreeMap<>();
    private long missing;

    @Override
    public void numbers(double[] values, int count) {
      Arrays.stream(values, 0, count).forEach(numbers::add);
    }

    @Override
    public void text(byte[] bytes, int from, int length, long times) {
      texts.merge(new String(bytes, from, length, StandardCharsets.UTF_8), times, Long::sum);
    }

    @Override
    public void missing(long rows) {
      missing += rows;
    }

    public List<Double> numbers() {
      return numbers;
    }

    public Map<String, Long> texts() {
      return texts;
    }

    public long missing() {
      return missing;
    }
  }

  public ReadColumns(Table table) {
    int[] all = IntStream.range(0, table.columns().size()).toArray();
    for (int column : all) {
      columns.add(new Column());
    }
    rows =
        table.read(
            all,
            column -> {
              columns.set(column, new Column());
              return columns.get(column);
            });
  }

  public Column column(int place) {
    return columns.get(place);
  }

  public long rows() {
    return rows;
  }
}
