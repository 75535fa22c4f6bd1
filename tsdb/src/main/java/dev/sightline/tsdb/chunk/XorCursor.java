package dev.sightline.tsdb.chunk;

import dev.sightline.storage.codec.BadBytesException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Walks the samples of one chunk.
///
/// @see XorFormat
public final class XorCursor implements SampleCursor {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final int count;
  private int bit;
  private int read;
  private long timestampMs;
  private long deltaMs;
  private long valueBits;
  private int leading;
  private int trailing;

  /// @param bytes a chunk as [XorAppender#toChunk] makes it
  /// @throws BadBytesException if it ends within its header
  public XorCursor(byte[] bytes) {
    this(bytes, countOf(bytes));
  }

  /// @param count how many samples to read, whatever the header says
  public XorCursor(byte[] bytes, int count) {
    this.bytes = bytes;
    this.count = count;
    this.bit = XorFormat.HEADER_BYTES * 8;
  }

  private static int countOf(byte[] bytes) {
    if (bytes.length < XorFormat.HEADER_BYTES) {
      throw new BadBytesException("chunk of " + bytes.length + " bytes, expected at least 2");
    }
    return (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
  }

  /// @throws BadBytesException if the chunk ends before its last sample
  @Override
  public boolean next() {
    if (read == count) {
      return false;
    }
    if (read == 0) {
      long zigzag = readVarint();
      timestampMs = zigzag >>> 1 ^ -(zigzag & 1);
      valueBits = read(64);
    } else {
      deltaMs = read == 1 ? readVarint() : deltaMs + readTime();
      timestampMs += deltaMs;
      readValue();
    }
    read++;
    return true;
  }

  @Override
  public long timestampMs() {
    return timestampMs;
  }

  @Override
  public double value() {
    return Double.longBitsToDouble(valueBits);
  }

  private long readTime() {
    if (read(1) == 0) {
      return 0;
    }
    if (read(1) == 0) {
      return readDifference(14);
    }
    if (read(1) == 0) {
      return readDifference(17);
    }
    return read(1) == 0 ? readDifference(20) : read(64);
  }

  private long readDifference(int width) {
    long difference = read(width);
    return difference > 1L << width - 1 ? difference - (1L << width) : difference;
  }

  private void readValue() {
    if (read(1) == 0) {
      return;
    }
    if (read(1) == 1) {
      int window = (int) read(11);
      leading = window >>> 6;
      int width = (window & 63) == 0 ? 64 : window & 63;
      trailing = 64 - leading - width;
      if (trailing < 0) {
        throw new BadBytesException("a window of " + width + " bits after " + leading + " zeros");
      }
    }
    valueBits ^= read(64 - leading - trailing) << trailing;
  }

  private long readVarint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      long next = read(8);
      value |= (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new BadBytesException("a number of more than 10 bytes in a chunk");
  }

  /// @param width 1 to 64
  private long read(int width) {
    int first = bit >>> 3;
    int shift = bit & 7;
    if (bit + width > bytes.length << 3) {
      throw new BadBytesException(
          "chunk of " + bytes.length + " bytes ends in sample " + read + " of " + count);
    }
    long word = first + 8 <= bytes.length ? (long) LONG.get(bytes, first) : lastBytes(first);
    long value = word << shift >>> 64 - width;
    int missing = shift + width - 64;
    if (missing > 0) {
      value |= (bytes[first + 8] & 0xff) >>> 8 - missing;
    }
    bit += width;
    return value;
  }

  private long lastBytes(int first) {
    long word = 0;
    for (int i = first; i < first + 8; i++) {
      word = word << 8 | (i < bytes.length ? bytes[i] & 0xff : 0);
    }
    return word;
  }
}
