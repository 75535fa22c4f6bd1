package dev.sightline.wire.parquet;

import dev.sightline.model.label.Labels;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes rows of a time, labels, and a text or a number as a Parquet file, group by group: any
/// number of rows in constant memory.
///
/// The columns are `timestamp` (nanoseconds, UTC), `labels` (a map of texts), and the third. Owned
/// by one thread.
public final class LabelledRows {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int GROUP_ROWS = 100_000;
  private static final int GROUP_BYTES = 16 << 20;

  private static final int INT64 = 2;
  private static final int DOUBLE = 5;
  private static final int BYTES = 6;
  private static final int REQUIRED = 0;
  private static final int REPEATED = 2;
  private static final int UTF8 = 0;
  private static final int MAP = 1;

  private final OutputStream out;
  private final boolean texts;
  private final String third;
  private final ColumnBuffer times = new ColumnBuffer(INT64, false, "timestamp");
  private final ColumnBuffer names = new ColumnBuffer(BYTES, true, "labels", "key_value", "key");
  private final ColumnBuffer values = new ColumnBuffer(BYTES, true, "labels", "key_value", "value");
  private final ColumnBuffer thirds;
  private final List<Group> groups = new ArrayList<>();
  private long offset;
  private int rowsOfGroup;
  private long rows;

  private record Group(long rows, List<ColumnBuffer.Written> columns) {
    Group {
      columns = List.copyOf(columns);
    }
  }

  private LabelledRows(OutputStream out, boolean texts, String third) throws IOException {
    this.out = out;
    this.texts = texts;
    this.third = third;
    this.thirds = new ColumnBuffer(texts ? BYTES : DOUBLE, false, third);
    write(MAGIC);
  }

  /// Rows with a column `line`.
  public static LabelledRows ofLines(OutputStream out) throws IOException {
    return new LabelledRows(out, true, "line");
  }

  /// Rows with a column `value`.
  public static LabelledRows ofValues(OutputStream out) throws IOException {
    return new LabelledRows(out, false, "value");
  }

  public void add(long timestampNs, Labels labels, String line) throws IOException {
    thirds.add(line);
    add(timestampNs, labels);
  }

  public void add(long timestampNs, Labels labels, double value) throws IOException {
    thirds.add(value);
    add(timestampNs, labels);
  }

  private void add(long timestampNs, Labels labels) throws IOException {
    times.add(timestampNs);
    for (int i = 0; i < labels.size(); i++) {
      names.add(labels.name(i), i == 0);
      values.add(labels.value(i), i == 0);
    }
    if (labels.isEmpty()) {
      names.addNothing();
      values.addNothing();
    }
    rowsOfGroup++;
    if (rowsOfGroup == GROUP_ROWS
        || thirds.bytes() + names.bytes() + values.bytes() >= GROUP_BYTES) {
      endGroup();
    }
  }

  private void endGroup() throws IOException {
    List<ColumnBuffer.Written> columns = new ArrayList<>();
    for (ColumnBuffer column : List.of(times, names, values, thirds)) {
      ColumnBuffer.Written written = column.writeTo(out, offset);
      offset += written.storedBytes();
      columns.add(written);
    }
    groups.add(new Group(rowsOfGroup, columns));
    rows += rowsOfGroup;
    rowsOfGroup = 0;
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    offset += bytes.length;
  }

  /// Writes what says where everything is; nothing can be added any more. Does not close the
  /// stream.
  public void finish() throws IOException {
    if (rowsOfGroup > 0) {
      endGroup();
    }
    byte[] footer = footer();
    write(footer);
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    write(length.putInt(footer.length).array());
    write(MAGIC);
  }

  private byte[] footer() {
    ThriftOutput footer = new ThriftOutput();
    footer.number(1, 1);
    schema(footer);
    footer.large(3, rows).structs(4, groups.size());
    for (Group group : groups) {
      footer.element().structs(1, group.columns.size());
      group.columns.forEach(column -> column.describe(footer));
      long bytes = group.columns.stream().mapToLong(ColumnBuffer.Written::rawBytes).sum();
      footer.large(2, bytes).large(3, group.rows).end();
    }
    footer.text(6, "sightline");
    return footer.toByteArray();
  }

  private void schema(ThriftOutput out) {
    out.structs(2, 7);
    out.element().text(4, "schema").number(5, 3).end();
    // TIMESTAMP, adjusted to UTC, in NANOS
    out.element().number(1, INT64).number(3, REQUIRED).text(4, "timestamp");
    out.begin(10).begin(8).yes(1).begin(2).begin(3).end().end().end().end().end();
    out.element().number(3, REQUIRED).text(4, "labels").number(5, 1).number(6, MAP);
    out.begin(10).begin(2).end().end().end();
    out.element().number(3, REPEATED).text(4, "key_value").number(5, 2).end();
    text(out, "key");
    text(out, "value");
    if (texts) {
      text(out, third);
    } else {
      out.element().number(1, DOUBLE).number(3, REQUIRED).text(4, third).end();
    }
  }

  private static void text(ThriftOutput out, String name) {
    out.element().number(1, BYTES).number(3, REQUIRED).text(4, name).number(6, UTF8);
    out.begin(10).begin(1).end().end().end();
  }
}
