package dev.sightline.tsdb.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Packs samples of one series into a chunk.
///
/// Owned by one thread. The caller keeps timestamps strictly rising and stops at [#MAX_SAMPLES].
/// Bits once written never change, so another thread may read the first n samples of [#bytes] while
/// more are added, if it learned of n through a lock or a volatile field.
public final class XorAppender {
  /// What the count in the header can hold.
  public static final int MAX_SAMPLES = 65_535;

  private static final int NO_WINDOW = 0xff;

  /// What one write may touch beyond the bits that it adds.
  private static final int WORD_SLACK_BYTES = 9;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private volatile byte[] bytes;
  private int bitLength = XorFormat.HEADER_BYTES * 8;
  private int count;
  private long lastTimestampMs;
  private long lastDeltaMs;
  private long lastValueBits;
  private int leading = NO_WINDOW;
  private int trailing;

  public XorAppender() {
    this(64);
  }

  /// @param capacityBytes to begin with
  public XorAppender(int capacityBytes) {
    bytes =
        new byte
            [Math.max(
                capacityBytes,
                XorFormat.HEADER_BYTES + 2 * XorFormat.MAX_SAMPLE_BYTES + WORD_SLACK_BYTES)];
  }

  /// @param timestampMs Unix milliseconds, later than the sample before
  public void append(long timestampMs, double value) {
    byte[] into = room();
    long valueBits = Double.doubleToRawLongBits(value);
    if (count == 0) {
      writeVarint(into, timestampMs << 1 ^ timestampMs >> 63);
      write(into, valueBits, 64);
    } else {
      long deltaMs = timestampMs - lastTimestampMs;
      if (count == 1) {
        writeVarint(into, deltaMs);
      } else {
        writeTime(into, deltaMs - lastDeltaMs);
      }
      writeValue(into, valueBits ^ lastValueBits);
      lastDeltaMs = deltaMs;
    }
    lastTimestampMs = timestampMs;
    lastValueBits = valueBits;
    count++;
  }

  public int count() {
    return count;
  }

  public int sizeBytes() {
    return bitLength + 7 >>> 3;
  }

  /// The chunk so far, longer than it, its count not yet in its header.
  public byte[] bytes() {
    return bytes;
  }

  /// The finished chunk in an array of its own length.
  public byte[] toChunk() {
    byte[] chunk = Arrays.copyOf(bytes, sizeBytes());
    chunk[0] = (byte) (count >>> 8);
    chunk[1] = (byte) count;
    return chunk;
  }

  private byte[] room() {
    byte[] present = bytes;
    if (sizeBytes() + XorFormat.MAX_SAMPLE_BYTES + WORD_SLACK_BYTES <= present.length) {
      return present;
    }
    byte[] larger = Arrays.copyOf(present, present.length + Math.max(64, present.length / 2));
    bytes = larger;
    return larger;
  }

  private void writeTime(byte[] into, long difference) {
    if (difference == 0) {
      write(into, 0, 1);
    } else if (fits(difference, 14)) {
      write(into, 0b10L << 14 | difference & mask(14), 16);
    } else if (fits(difference, 17)) {
      write(into, 0b110L << 17 | difference & mask(17), 20);
    } else if (fits(difference, 20)) {
      write(into, 0b1110L << 20 | difference & mask(20), 24);
    } else {
      write(into, 0b1111, 4);
      write(into, difference, 64);
    }
  }

  private void writeValue(byte[] into, long xor) {
    if (xor == 0) {
      write(into, 0, 1);
      return;
    }
    int newLeading = Math.min(31, Long.numberOfLeadingZeros(xor));
    int newTrailing = Long.numberOfTrailingZeros(xor);
    if (leading != NO_WINDOW && newLeading >= leading && newTrailing >= trailing) {
      write(into, 0b10, 2);
      write(into, xor >>> trailing, 64 - leading - trailing);
      return;
    }
    leading = newLeading;
    trailing = newTrailing;
    int width = 64 - leading - trailing;
    write(into, 0b11L << 11 | (long) leading << 6 | width & 63, 13);
    write(into, xor >>> trailing, width);
  }

  private static boolean fits(long difference, int bits) {
    return difference > -(1L << bits - 1) && difference <= 1L << bits - 1;
  }

  private static long mask(int bits) {
    return (1L << bits) - 1;
  }

  private void writeVarint(byte[] into, long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      write(into, left & 0x7f | 0x80, 8);
      left >>>= 7;
    }
    write(into, left, 8);
  }

  /// Adds the lowest `width` bits of `value`, at most 64, most significant first.
  ///
  /// Writes whole words over bytes that are zero still; [#room] leaves space for them.
  private void write(byte[] into, long value, int width) {
    int at = bitLength >>> 3;
    int used = bitLength & 7;
    long bits = width == 64 ? value : value & mask(width);
    int space = 64 - used - width;
    long word = (into[at] & 0xffL) << 56;
    if (space >= 0) {
      WORDS.set(into, at, word | bits << space);
    } else {
      WORDS.set(into, at, word | bits >>> -space);
      into[at + 8] = (byte) (bits << 8 + space);
    }
    bitLength += width;
  }
}
