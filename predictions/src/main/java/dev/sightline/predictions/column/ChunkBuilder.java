package dev.sightline.predictions.column;

import dev.sightline.storage.codec.ByteSink;
import io.airlift.compress.v3.zstd.ZstdJavaCompressor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One column of a block in the making: doubles as long as only numbers come, words from the first
/// that is none. Owned by one thread.
final class ChunkBuilder {
  private static final double ABSENT = Double.longBitsToDouble(ColumnFormat.ABSENT);
  private static final int NO_WORD = -1;

  private double[] numbers = {};
  private int[] codes = {};
  private @Nullable WordTable words;
  private boolean worded;
  private int lastCode;
  private int rows;

  void number(int row, double value) {
    if (worded) {
      word(row, ColumnFormat.NUMBER, bytes(value), 0, Double.BYTES);
      return;
    }
    if (row >= numbers.length) {
      int before = numbers.length;
      numbers = Arrays.copyOf(numbers, grown(row));
      Arrays.fill(numbers, before, numbers.length, ABSENT);
    }
    numbers[row] = Double.isNaN(value) ? Double.NaN : value;
    rows = row + 1;
  }

  void flag(int row, boolean value) {
    word(row, value ? ColumnFormat.TRUE : ColumnFormat.FALSE, new byte[0], 0, 0);
  }

  void text(int row, byte[] from, int offset, int length) {
    word(row, ColumnFormat.TEXT, from, offset, length);
  }

  private void word(int row, int tag, byte[] from, int offset, int length) {
    WordTable table = words();
    if (!worded) {
      toWords(table);
    }
    room(row);
    boolean asBefore = table.count() > 0 && table.is(lastCode, tag, from, offset, length);
    lastCode = asBefore ? lastCode : table.code(tag, from, offset, length);
    codes[row] = lastCode;
    rows = row + 1;
  }

  private WordTable words() {
    WordTable present = words;
    if (present == null) {
      present = new WordTable();
      words = present;
    }
    return present;
  }

  private void toWords(WordTable table) {
    worded = true;
    lastCode = 0;
    for (int row = 0; row < rows; row++) {
      if (!isAbsent(numbers[row])) {
        room(row);
        codes[row] = table.code(ColumnFormat.NUMBER, bytes(numbers[row]), 0, Double.BYTES);
      }
    }
  }

  private void room(int row) {
    if (row >= codes.length) {
      int before = codes.length;
      codes = Arrays.copyOf(codes, grown(row));
      Arrays.fill(codes, before, codes.length, NO_WORD);
    }
  }

  private static int grown(int row) {
    return Math.max(256, Math.max(row + 1, Math.min(row * 2, ColumnFormat.BLOCK_ROWS)));
  }

  private static byte[] bytes(double value) {
    double canonical = Double.isNaN(value) ? Double.NaN : value;
    return new ByteSink(16).f64(canonical).toArray();
  }

  private static boolean isAbsent(double value) {
    return Double.doubleToRawLongBits(value) == ColumnFormat.ABSENT;
  }

  /// Writes the chunk and begins the next.
  ///
  /// @param blockRows at least as many as were given
  /// @return the kind of the chunk
  int encode(int blockRows, ByteSink into) {
    if (rows == 0) {
      return ColumnFormat.NONE;
    }
    int start = into.size();
    int kind = worded ? encodeWords(blockRows, into) : encodeNumbers(blockRows, into);
    into.checksum(start);
    clear();
    return kind;
  }

  private void clear() {
    if (worded) {
      words().clear();
      Arrays.fill(codes, 0, rows, NO_WORD);
    }
    Arrays.fill(numbers, 0, Math.min(rows, numbers.length), ABSENT);
    worded = false;
    rows = 0;
  }

  private int encodeNumbers(int blockRows, ByteSink into) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    boolean whole = true;
    for (int row = 0; row < rows && whole; row++) {
      double value = numbers[row];
      if (!isAbsent(value)) {
        whole = isWhole(value);
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    boolean narrow = whole && most - least < 0xffff_ffffL;
    if (!narrow) {
      encodeDoubles(blockRows, into);
      return ColumnFormat.DOUBLES;
    }
    encodeWhole((long) least, (long) most, blockRows, into);
    return ColumnFormat.WHOLE;
  }

  /// Not minus zero, and exact as a long.
  private static boolean isWhole(double value) {
    long asLong = (long) value;
    return Double.doubleToRawLongBits((double) asLong) == Double.doubleToRawLongBits(value)
        && Math.abs(asLong) < 1L << 53;
  }

  private void encodeDoubles(int blockRows, ByteSink into) {
    byte[] bytes = new byte[blockRows * Double.BYTES];
    ByteBuffer view = littleEndian(bytes);
    view.asDoubleBuffer().put(numbers, 0, rows);
    for (int row = rows; row < blockRows; row++) {
      view.putLong(row * Double.BYTES, ColumnFormat.ABSENT);
    }
    into.bytes(bytes);
  }

  private void encodeWhole(long least, long most, int blockRows, ByteSink into) {
    boolean gaps = rows < blockRows;
    int[] distances = new int[blockRows];
    Arrays.fill(distances, NO_WORD);
    for (int row = 0; row < rows; row++) {
      if (isAbsent(numbers[row])) {
        gaps = true;
      } else {
        distances[row] = (int) ((long) numbers[row] - least);
      }
    }
    into.varint(least);
    encodeCodes(distances, blockRows, !gaps && least == most ? 0 : width(most - least), into);
  }

  private int encodeWords(int blockRows, ByteSink into) {
    WordTable table = words();
    ByteSink bytes = new ByteSink(1 << 10);
    for (int code = 0; code < table.count(); code++) {
      bytes.u8(table.tag(code));
      if (table.tag(code) == ColumnFormat.TEXT) {
        bytes.uvarint(table.length(code));
      }
      table.copy(code, bytes);
    }
    into.uvarint(table.count());
    int kind = writeWords(bytes, into);
    int[] padded = Arrays.copyOf(codes, blockRows);
    Arrays.fill(padded, Math.min(rows, blockRows), blockRows, NO_WORD);
    boolean gaps = Arrays.stream(padded).anyMatch(code -> code == NO_WORD);
    encodeCodes(padded, blockRows, !gaps && table.count() == 1 ? 0 : width(table.count()), into);
    return kind;
  }

  private static int writeWords(ByteSink words, ByteSink into) {
    if (words.size() >= ColumnFormat.PACKED_FROM_BYTES) {
      ZstdJavaCompressor zstd = new ZstdJavaCompressor();
      byte[] packed = new byte[zstd.maxCompressedLength(words.size())];
      int length = zstd.compress(words.view().array(), 0, words.size(), packed, 0, packed.length);
      if (length < words.size() * 3L / 4) {
        into.uvarint(words.size()).uvarint(length).bytes(packed, 0, length);
        return ColumnFormat.PACKED_WORDS;
      }
    }
    into.uvarint(words.size()).bytes(words.view().array(), 0, words.size());
    return ColumnFormat.WORDS;
  }

  /// The least width in which `most` is not the number for absent.
  private static int width(long most) {
    return most < 0xff ? 1 : most < 0xffff ? 2 : 4;
  }

  private static void encodeCodes(int[] codes, int count, int width, ByteSink into) {
    into.u8(width);
    byte[] bytes = new byte[count * width];
    ByteBuffer view = littleEndian(bytes);
    for (int row = 0; row < count && width > 0; row++) {
      switch (width) {
        case 1 -> view.put((byte) codes[row]);
        case 2 -> view.putShort((short) codes[row]);
        default -> view.putInt(codes[row]);
      }
    }
    into.bytes(bytes);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
