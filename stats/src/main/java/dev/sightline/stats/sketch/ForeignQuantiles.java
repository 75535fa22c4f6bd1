package dev.sightline.stats.sketch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Checks the bytes of a KLL sketch that somebody sent, before the library sees them: it trusts the
/// sizes in them.
final class ForeignQuantiles {
  /*
   * Little-endian: preamble integers (2 or 5), serial version (1; 2 for one value), family 15, flags, k (16
   * bits), m, a byte unused; where there are five: n (64 bits), least k (16 bits), levels, a byte
   * unused, then for each level where it starts (32 bits), least and greatest value, and the values
   * that are kept. A value of level l stands for 2^l rows, and all of them for n.
   */
  private static final int FAMILY = 15;
  private static final int SMALL = 2;
  private static final int FULL = 5;
  private static final int SINGLE_VERSION = 2;
  private static final int EMPTY_FLAG = 1;
  private static final int SINGLE_FLAG = 4;
  private static final int SMALL_BYTES = 8;
  private static final int HEADER_BYTES = 20;
  private static final int FEWEST_K = 8;
  private static final int MOST_K = 1 << 14;
  private static final int MOST_LEVELS = 56;

  private final ByteBuffer bytes;
  private final int size;

  private ForeignQuantiles(ByteBuffer bytes, int size) {
    this.bytes = bytes;
    this.size = size;
  }

  /// The same sketch in the form of doubles, which the library may read; sketches of floats are
  /// told by their size.
  ///
  /// @throws IllegalArgumentException if these are not the bytes of a sketch
  static byte[] checked(byte[] sent) {
    ByteBuffer bytes = ByteBuffer.wrap(sent).order(ByteOrder.LITTLE_ENDIAN);
    if (sent.length < SMALL_BYTES || bytes.get(2) != FAMILY) {
      throw bad("of " + sent.length + " bytes that is none");
    }
    int k = bytes.getShort(4) & 0xffff;
    if (k < FEWEST_K || k > MOST_K || bytes.get(6) != 8) {
      throw bad("with k = " + k + " and m = " + bytes.get(6));
    }
    boolean empty = (bytes.get(3) & EMPTY_FLAG) != 0;
    boolean single = (bytes.get(3) & SINGLE_FLAG) != 0;
    if (bytes.get(0) == SMALL) {
      return small(sent, empty, single);
    }
    if (bytes.get(0) != FULL || bytes.get(1) == SINGLE_VERSION || empty || single) {
      throw bad("with a preamble of " + bytes.get(0) + " integers");
    }
    if (sent.length < HEADER_BYTES) {
      throw bad("that ends early");
    }
    int levels = bytes.get(18) & 0xff;
    int values = sent.length - HEADER_BYTES - levels * Integer.BYTES;
    if (levels == 0 || levels > MOST_LEVELS || values <= 0) {
      throw bad("of " + levels + " levels in " + sent.length + " bytes");
    }
    long stoodFor = bytes.getLong(8);
    for (int size : new int[] {Double.BYTES, Float.BYTES}) {
      int kept = values / size - 2;
      ForeignQuantiles sketch = new ForeignQuantiles(bytes, size);
      if (values % size == 0 && kept > 0 && sketch.rows(levels, kept) == stoodFor) {
        sketch.checkValues(HEADER_BYTES + levels * Integer.BYTES, kept);
        return sketch.doubles(HEADER_BYTES + levels * Integer.BYTES);
      }
    }
    throw bad("whose values do not add up to its " + stoodFor + " rows");
  }

  private static byte[] small(byte[] sent, boolean empty, boolean single) {
    if (empty && !single && sent.length == SMALL_BYTES) {
      return sent;
    }
    if (single && !empty && sent.length == SMALL_BYTES + Double.BYTES) {
      return sent;
    }
    if (single && !empty && sent.length == SMALL_BYTES + Float.BYTES) {
      ByteBuffer bytes = ByteBuffer.wrap(sent).order(ByteOrder.LITTLE_ENDIAN);
      return new ForeignQuantiles(bytes, Float.BYTES).doubles(SMALL_BYTES);
    }
    throw bad("of " + sent.length + " bytes that is neither empty nor of one value");
  }

  /// The rows that all values stand for; -1 where levels do not fit the values.
  private long rows(int levels, int kept) {
    int first = bytes.getInt(HEADER_BYTES);
    long rows = 0;
    for (int level = 0; level < levels; level++) {
      int start = bytes.getInt(HEADER_BYTES + level * Integer.BYTES);
      long next =
          level + 1 < levels
              ? bytes.getInt(HEADER_BYTES + (level + 1) * Integer.BYTES)
              : (long) first + kept;
      if (start < 0 || next < start || next > Integer.MAX_VALUE / 4) {
        return -1;
      }
      rows += next - start << level;
      if (rows < 0) {
        return -1;
      }
    }
    return rows;
  }

  private void checkValues(int from, int kept) {
    double min = value(from);
    double max = value(from + size);
    for (int each = 0; each < kept; each++) {
      double value = value(from + (2 + each) * size);
      if (!(value >= min && value <= max)) {
        throw bad("with a value beyond its extremes");
      }
    }
    if (!Double.isFinite(min) || !Double.isFinite(max)) {
      throw bad("of values that are not finite");
    }
  }

  private double value(int at) {
    return size == Double.BYTES ? bytes.getDouble(at) : bytes.getFloat(at);
  }

  private byte[] doubles(int from) {
    int values = (bytes.limit() - from) / size;
    ByteBuffer into =
        ByteBuffer.allocate(from + values * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    into.put(0, bytes, 0, from);
    for (int each = 0; each < values; each++) {
      into.putDouble(from + each * Double.BYTES, value(from + each * size));
    }
    return into.array();
  }

  private static IllegalArgumentException bad(String what) {
    return new IllegalArgumentException("a sketch of quantiles " + what);
  }
}
