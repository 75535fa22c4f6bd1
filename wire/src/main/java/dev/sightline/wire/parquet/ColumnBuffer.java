package dev.sightline.wire.parquet;

import io.airlift.compress.v3.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The values of one column of a row group, as plain as Parquet knows them; one page, packed by
/// zstd.
final class ColumnBuffer {
  private static final int PLAIN = 0;
  private static final int RLE = 3;
  private static final int ZSTD = 6;

  private final int type;
  private final String[] path;
  private final boolean repeated;
  private final ByteArrayOutputStream values = new ByteArrayOutputStream();
  private final Levels repetitions = new Levels();
  private final Levels definitions = new Levels();
  private int count;

  /// @param type Parquet's number of it
  /// @param repeated whether a row has any number of values
  ColumnBuffer(int type, boolean repeated, String... path) {
    this.type = type;
    this.repeated = repeated;
    this.path = path.clone();
  }

  /// Runs of equal levels, of which there are two.
  private static final class Levels {
    private final ByteArrayOutputStream runs = new ByteArrayOutputStream();
    private int level;
    private int length;

    void add(int next) {
      if (next != level) {
        end();
        level = next;
      }
      length++;
    }

    private void end() {
      if (length > 0) {
        int left = length << 1;
        while ((left & ~0x7F) != 0) {
          runs.write(left & 0x7F | 0x80);
          left >>>= 7;
        }
        runs.write(left);
        runs.write(level);
      }
      length = 0;
    }

    void writeTo(ByteArrayOutputStream page) {
      end();
      level = 0;
      page.writeBytes(little(4).putInt(runs.size()).array());
      page.writeBytes(runs.toByteArray());
      runs.reset();
    }
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  void add(long value) {
    values.writeBytes(little(8).putLong(value).array());
    count++;
  }

  void add(double value) {
    add(Double.doubleToRawLongBits(value));
  }

  void add(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    values.writeBytes(little(4).putInt(bytes.length).array());
    values.writeBytes(bytes);
    count++;
  }

  /// A value of a row that may have any number of them.
  ///
  /// @param first of its row
  void add(String value, boolean first) {
    repetitions.add(first ? 0 : 1);
    definitions.add(1);
    add(value);
  }

  /// A row without values.
  void addNothing() {
    repetitions.add(0);
    definitions.add(0);
    count++;
  }

  int bytes() {
    return values.size();
  }

  /// Where a column of a row group lies.
  record Written(ColumnBuffer column, int values, long offset, long rawBytes, long storedBytes) {
    /// As the footer says it.
    void describe(ThriftOutput out) {
      out.element().large(2, offset).begin(3).number(1, column.type).numbers(2, PLAIN, RLE);
      out.texts(3, column.path).number(4, ZSTD).large(5, values).large(6, rawBytes);
      out.large(7, storedBytes).large(9, offset).end().end();
    }
  }

  /// Writes the page, and begins anew.
  Written writeTo(OutputStream out, long offset) throws IOException {
    ByteArrayOutputStream page = new ByteArrayOutputStream(values.size() + 64);
    if (repeated) {
      repetitions.writeTo(page);
      definitions.writeTo(page);
    }
    values.writeTo(page);
    byte[] raw = page.toByteArray();
    byte[] stored = compressed(raw);
    ThriftOutput header = new ThriftOutput();
    header.number(1, PageHeader.DATA).number(2, raw.length).number(3, stored.length);
    header.begin(5).number(1, count).number(2, PLAIN).number(3, RLE).number(4, RLE).end();
    byte[] head = header.toByteArray();
    out.write(head);
    out.write(stored);
    Written written =
        new Written(
            this,
            count,
            offset,
            (long) head.length + raw.length,
            (long) head.length + stored.length);
    values.reset();
    count = 0;
    return written;
  }

  private static byte[] compressed(byte[] raw) {
    ZstdCompressor compressor = ZstdCompressor.create();
    byte[] into = new byte[compressor.maxCompressedLength(raw.length)];
    return Arrays.copyOf(into, compressor.compress(raw, 0, raw.length, into, 0, into.length));
  }
}
