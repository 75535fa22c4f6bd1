package dev.sightline.wire.parquet;

import dev.sightline.wire.table.BadTableException;

/// Whole numbers written as differences to the one before, packed by blocks.
final class Deltas {
  private final byte[] bytes;
  private final int end;
  private int at;

  Deltas(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /// Behind what was read.
  int at() {
    return at;
  }

  /// @param most that the caller can take
  long[] read(int most) {
    long blockSize = varint();
    long miniblocks = varint();
    long total = varint();
    if (total > most
        || blockSize <= 0
        || miniblocks <= 0
        || blockSize > 1 << 20
        || blockSize % miniblocks != 0) {
      throw new BadTableException("a page of " + total + " differences where " + most + " belong");
    }
    int each = (int) (blockSize / miniblocks);
    long[] values = new long[(int) total];
    long value = zigzag();
    int done = 0;
    if (total > 0) {
      values[done++] = value;
    }
    while (done < total) {
      long least = zigzag();
      int widths = at;
      at += (int) miniblocks;
      for (int block = 0; block < miniblocks && done < total; block++) {
        int width = bytes[widths + block];
        int count = (int) Math.min(each, total - done);
        unpack(width, count, values, done);
        for (int place = done; place < done + count; place++) {
          value += values[place] + least;
          values[place] = value;
        }
        at += each * width / 8;
        done += count;
      }
    }
    return values;
  }

  private void unpack(int width, int count, long[] into, int from) {
    if (width < 0 || width > Long.SIZE) {
      throw new BadTableException("differences of " + width + " bits");
    }
    long bit = (long) at * 8;
    for (int done = 0; done < count; done++) {
      long value = 0;
      int got = 0;
      while (got < width) {
        int inByte = (int) (bit & 7);
        int take = Math.min(8 - inByte, width - got);
        long part = (bytes[(int) (bit >>> 3)] & 0xFFL) >>> inByte & (1L << take) - 1;
        value |= part << got;
        got += take;
        bit += take;
      }
      into[from + done] = value;
    }
  }

  private long zigzag() {
    long raw = varint();
    return (raw >>> 1) ^ -(raw & 1);
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 70 && at < end; shift += 7) {
      int part = bytes[at++] & 0xFF;
      value |= (long) (part & 0x7F) << shift;
      if (part < 0x80) {
        return value;
      }
    }
    throw new BadTableException("differences that end early");
  }
}
