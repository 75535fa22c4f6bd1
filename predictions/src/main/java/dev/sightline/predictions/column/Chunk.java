package dev.sightline.predictions.column;

import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSource;
import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.zstd.ZstdJavaDecompressor;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// One column of a block as it was read. Owned by one thread.
///
/// All bytes have passed their checksum; what still does not fit is refused when it is read.
public final class Chunk {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int NO_CODE = -1;

  private final int kind;
  private final byte[] bytes;
  private final int offset;
  private final int rows;

  /// Of the codes; 0 where there are none, or where all rows have the first word.
  private final int width;

  /// The number that distances count from.
  private final long least;

  private final ChunkWords words;

  private Chunk(
      int kind, byte[] bytes, int offset, int rows, int width, long least, ChunkWords words) {
    this.kind = kind;
    this.bytes = bytes;
    this.offset = offset;
    this.rows = rows;
    this.width = width;
    this.least = least;
    this.words = words;
  }

  static Chunk absent(int rows) {
    return new Chunk(ColumnFormat.NONE, new byte[0], 0, rows, 0, 0, ChunkWords.NONE);
  }

  /// @param content without its checksum
  static Chunk of(int kind, byte[] content, int length, int rows) {
    ByteSource from = new ByteSource(content, 0, length);
    return switch (kind) {
      case ColumnFormat.DOUBLES, ColumnFormat.HASHES ->
          rest(kind, content, from, rows, Long.BYTES, 0, ChunkWords.NONE);
      case ColumnFormat.WHOLE -> {
        long least = from.varint();
        yield rest(kind, content, from, rows, from.u8(), least, ChunkWords.NONE);
      }
      case ColumnFormat.WORDS, ColumnFormat.PACKED_WORDS -> {
        int count = (int) Math.min(from.uvarint(), Integer.MAX_VALUE);
        ChunkWords words =
            new ChunkWords(count, kind == ColumnFormat.WORDS ? plain(from) : unpacked(from));
        yield rest(ColumnFormat.WORDS, content, from, rows, from.u8(), 0, words);
      }
      default -> throw new BadBytesException("a chunk of the unknown kind " + kind);
    };
  }

  private static Chunk rest(
      int kind,
      byte[] content,
      ByteSource from,
      int rows,
      int width,
      long least,
      ChunkWords words) {
    boolean known = width == 0 || width == 1 || width == 2 || width == 4 || width == 8;
    if (!known || from.remaining() != (long) rows * width) {
      throw new BadBytesException(
          from.remaining() + " bytes for " + rows + " rows of " + width + " bytes");
    }
    return new Chunk(kind, content, from.position(), rows, width, least, words);
  }

  private static byte[] plain(ByteSource from) {
    return from.bytes(from.length());
  }

  private static byte[] unpacked(ByteSource from) {
    long length = from.uvarint();
    byte[] packed = from.bytes(from.length());
    if (length < 0 || length > ColumnFormat.MAX_CHUNK_BYTES) {
      throw new BadBytesException("words of " + length + " bytes");
    }
    byte[] words = new byte[(int) length];
    try {
      int read =
          new ZstdJavaDecompressor().decompress(packed, 0, packed.length, words, 0, words.length);
      if (read != words.length) {
        throw new BadBytesException("words of " + read + " bytes, expected " + length);
      }
    } catch (MalformedInputException malformed) {
      throw new BadBytesException("words: " + malformed.getMessage());
    }
    return words;
  }

  public int rows() {
    return rows;
  }

  /// Whole numbers, such as times; each row has one.
  public long[] longs() {
    long[] values = new long[rows];
    switch (kind) {
      case ColumnFormat.HASHES ->
          ByteBuffer.wrap(bytes, offset, rows * Long.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .asLongBuffer()
              .get(values);
      case ColumnFormat.WHOLE -> {
        int[] distances = codes();
        for (int row = 0; row < rows; row++) {
          values[row] = least + (distances[row] & 0xffff_ffffL);
        }
      }
      default -> {
        double[] numbers = numbers();
        for (int row = 0; row < rows; row++) {
          values[row] = (long) numbers[row];
        }
      }
    }
    return values;
  }

  /// Numbers, and flags as 0 and 1; NaN for all else.
  public double[] numbers() {
    double[] values = new double[rows];
    switch (kind) {
      case ColumnFormat.DOUBLES ->
          ByteBuffer.wrap(bytes, offset, rows * Double.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .asDoubleBuffer()
              .get(values);
      case ColumnFormat.WHOLE -> wholeNumbers(values);
      case ColumnFormat.WORDS -> {
        int[] codes = codes();
        int none = none();
        for (int row = 0; row < rows; row++) {
          int code = codes[row] == none ? NO_CODE : codes[row];
          values[row] = code == NO_CODE ? Double.NaN : words.number(code);
        }
      }
      default -> Arrays.fill(values, Double.NaN);
    }
    return values;
  }

  private void wholeNumbers(double[] values) {
    if (width == 0) {
      Arrays.fill(values, (double) least);
      return;
    }
    int[] distances = codes();
    int none = none();
    for (int row = 0; row < rows; row++) {
      int code = distances[row];
      values[row] = code == none ? Double.NaN : (double) (least + (code & 0xffff_ffffL));
    }
  }

  /// Gives each row the code of its word in a scan.
  ///
  /// @param absent where it has none
  public int[] codes(WordCodes codes, int absent) {
    int[] values = new int[rows];
    switch (kind) {
      case ColumnFormat.WORDS -> wordCodes(words.codes(codes), codes, absent, values);
      case ColumnFormat.DOUBLES, ColumnFormat.WHOLE -> numberCodes(codes, absent, values);
      default -> Arrays.fill(values, absent);
    }
    return values;
  }

  private void wordCodes(int[] known, WordCodes codes, int absent, int[] values) {
    int[] stored = codes();
    int none = none();
    for (int row = 0; row < rows; row++) {
      int code = stored[row];
      if (code == none) {
        values[row] = absent;
      } else {
        if (code < 0 || code >= known.length) {
          throw new BadBytesException("word " + code + " of " + known.length);
        }
        if (known[code] == WordCodes.UNKNOWN) {
          known[code] = words.code(code, codes);
        }
        values[row] = known[code];
      }
    }
  }

  private void numberCodes(WordCodes codes, int absent, int[] values) {
    double[] numbers = numbers();
    double before = Double.NaN;
    int codeBefore = absent;
    for (int row = 0; row < rows; row++) {
      double number = numbers[row];
      if (number != before) {
        boolean none = isAbsent(number, row);
        codeBefore = none ? absent : codes.number(number);
        before = none ? Double.NaN : number;
      }
      values[row] = codeBefore;
    }
  }

  private boolean isAbsent(double number, int row) {
    return Double.isNaN(number)
        && (kind == ColumnFormat.WHOLE
            || (long) LONG.get(bytes, offset + row * Long.BYTES) == ColumnFormat.ABSENT);
  }

  /// Of each row as it is stored, with [#none] where there is none. One loop for each width: the
  /// compiler makes vectors of them.
  private int[] codes() {
    int[] codes = new int[rows];
    switch (width) {
      case 0 -> {}
      case 1 -> {
        for (int row = 0; row < rows; row++) {
          codes[row] = bytes[offset + row] & 0xff;
        }
      }
      case 2 -> {
        for (int row = 0; row < rows; row++) {
          codes[row] = (short) SHORT.get(bytes, offset + row * 2) & 0xffff;
        }
      }
      default ->
          ByteBuffer.wrap(bytes, offset, rows * Integer.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .asIntBuffer()
              .get(codes);
    }
    return codes;
  }

  /// The code of a row that has none; no code where every row has one.
  private int none() {
    return switch (width) {
      case 0 -> NO_CODE;
      case 1 -> 0xff;
      case 2 -> 0xffff;
      default -> NO_CODE;
    };
  }
}
