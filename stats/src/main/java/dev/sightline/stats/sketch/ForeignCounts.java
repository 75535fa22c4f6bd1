package dev.sightline.stats.sketch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Checks the bytes of HyperLogLog and frequent-items sketches that somebody sent, before the
/// library sees them: it trusts the sizes in them.
final class ForeignCounts {
  private static final int HLL_FAMILY = 7;
  private static final int ITEMS_FAMILY = 10;
  private static final int FEWEST_LOG = 4;
  private static final int MOST_LOG = 16;
  private static final int LIST_HEADER = 8;
  private static final int SET_HEADER = 12;
  private static final int HLL_HEADER = 40;
  private static final int ITEMS_HEADER = 32;

  private ForeignCounts() {}

  /// Little-endian: preamble integers, version, family 7, log of k, log of the array, flags, count
  /// of a list, mode (list 0, set 1, HLL 2; above it 4, 6 or 8 bits); then what the mode says.
  ///
  /// @throws IllegalArgumentException if these are not the bytes of a sketch
  static byte[] checkedDistinct(byte[] sent) {
    ByteBuffer bytes = ByteBuffer.wrap(sent).order(ByteOrder.LITTLE_ENDIAN);
    if (sent.length < LIST_HEADER || bytes.get(2) != HLL_FAMILY) {
      throw bad("distinct values of " + sent.length + " bytes that is none");
    }
    int logK = bytes.get(3);
    int logArray = bytes.get(4);
    if (logK < FEWEST_LOG || logK > MOST_LOG || logArray < 0 || logArray > logK) {
      throw bad("distinct values with log k = " + logK + " and an array of log " + logArray);
    }
    int mode = bytes.get(7) & 3;
    int bits = bytes.get(7) >> 2 & 3;
    boolean fits =
        switch (mode) {
          case 0 -> sent.length >= LIST_HEADER + (bytes.get(6) & 0xff) * Integer.BYTES;
          case 1 -> sent.length >= SET_HEADER && setFits(bytes, sent.length);
          case 2 -> sent.length >= HLL_HEADER && registersFit(bytes, sent.length, logK, bits);
          default -> false;
        };
    if (!fits || bits == 3) {
      throw bad("distinct values of mode " + mode + " in " + sent.length + " bytes");
    }
    return sent;
  }

  private static boolean setFits(ByteBuffer bytes, int length) {
    int count = bytes.getInt(8);
    return count >= 0 && count <= (length - SET_HEADER) / Integer.BYTES;
  }

  private static boolean registersFit(ByteBuffer bytes, int length, int logK, int bits) {
    int registers =
        switch (bits) {
          case 0 -> 1 << logK - 1;
          case 1 -> (6 << logK - 3) + 1;
          default -> 1 << logK;
        };
    int beyond = bytes.getInt(36);
    return length >= HLL_HEADER + registers
        && beyond >= 0
        && beyond <= (length - HLL_HEADER - registers) / Integer.BYTES;
  }

  /// Little-endian: preamble longs (1 where empty, else 4), version, family 10, log of the largest
  /// map, log of this map, flags; count of items (32 bits) at 8, rows (64 bits) at 16, offset (64
  /// bits) at 24; then a count (64 bits) for each item and, behind its length (32 bits), its text.
  ///
  /// @throws IllegalArgumentException if these are not the bytes of a sketch
  static byte[] checkedItems(byte[] sent) {
    ByteBuffer bytes = ByteBuffer.wrap(sent).order(ByteOrder.LITTLE_ENDIAN);
    if (sent.length < Long.BYTES || bytes.get(2) != ITEMS_FAMILY) {
      throw bad("frequent items of " + sent.length + " bytes that is none");
    }
    int logMost = bytes.get(3);
    int logNow = bytes.get(4);
    if (logMost < 3 || logMost > MOST_LOG || logNow < 3 || logNow > logMost) {
      throw bad("frequent items with maps of log " + logNow + " and " + logMost);
    }
    int longs = bytes.get(0) & 0x3f;
    if (longs == 1) {
      return sent;
    }
    if (longs != 4 || sent.length < ITEMS_HEADER) {
      throw bad("frequent items with a preamble of " + longs);
    }
    checkTexts(bytes, sent.length, logMost);
    return sent;
  }

  private static void checkTexts(ByteBuffer bytes, int length, int logMost) {
    int count = bytes.getInt(8);
    if (count < 0 || count > 1 << logMost || count > (length - ITEMS_HEADER) / Long.BYTES) {
      throw bad("frequent items that names " + count + " of them");
    }
    long rows = bytes.getLong(16);
    long offset = bytes.getLong(24);
    int at = ITEMS_HEADER + count * Long.BYTES;
    long sum = 0;
    for (int each = 0; each < count; each++) {
      long one = bytes.getLong(ITEMS_HEADER + each * Long.BYTES);
      sum += one;
      boolean fits = one > 0 && sum > 0 && length - at >= Integer.BYTES;
      int size = fits ? bytes.getInt(at) : -1;
      if (size < 0 || size > length - at - Integer.BYTES) {
        throw bad("frequent items that ends within item " + each);
      }
      at += Integer.BYTES + size;
    }
    if (rows < 0 || offset < 0 || sum > rows) {
      throw bad("frequent items whose counts are more than its rows");
    }
  }

  private static IllegalArgumentException bad(String what) {
    return new IllegalArgumentException("a sketch of " + what);
  }
}
