package dev.sightline.wire.parquet;

import dev.sightline.wire.table.BadTableException;

/// Parquet's mixture of runs and packed bits: small numbers, many of them equal.
final class Hybrid {
  private final byte[] bytes;
  private final int end;
  private final int width;
  private int at;

  Hybrid(byte[] bytes, int from, int end, int width) {
    if (width < 0 || width > Integer.SIZE) {
      throw new BadTableException("numbers of " + width + " bits");
    }
    this.bytes = bytes;
    this.at = from;
    this.end = end;
    this.width = width;
  }

  /// Reads numbers until the array is full up to `count`.
  void read(int[] into, int count) {
    int done = 0;
    while (done < count) {
      if (at >= end && width > 0) {
        throw new BadTableException("a page ends after " + done + " of " + count + " values");
      }
      long header = width == 0 && at >= end ? (long) count << 1 : varint();
      if ((header & 1) == 0) {
        int run = (int) Math.min(header >>> 1, count - done);
        int value = value();
        for (int place = done; place < done + run; place++) {
          into[place] = value;
        }
        done += run;
        if (run == 0 && header == 0) {
          throw new BadTableException("a run of no values");
        }
      } else {
        done = packed(header >>> 1, into, done, count);
      }
    }
  }

  private int packed(long groups, int[] into, int from, int count) {
    if (groups == 0 || groups > (end - at) / (long) Math.max(1, width) + 1) {
      throw new BadTableException("packed values beyond the page");
    }
    int have = (int) Math.min(groups * 8, count - from);
    long bits = 0;
    int held = 0;
    int place = at;
    long mask = (1L << width) - 1;
    for (int done = 0; done < have; done++) {
      while (held < width) {
        bits |= (bytes[place++] & 0xFFL) << held;
        held += 8;
      }
      into[from + done] = (int) (bits & mask);
      bits >>>= width;
      held -= width;
    }
    at += (int) (groups * width);
    return from + have;
  }

  private int value() {
    int size = (width + 7) / 8;
    if (size > end - at) {
      throw new BadTableException("a run without a value");
    }
    int value = 0;
    for (int place = 0; place < size; place++) {
      value |= (bytes[at++] & 0xFF) << (8 * place);
    }
    return value;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 35 && at < end; shift += 7) {
      int part = bytes[at++] & 0xFF;
      value |= (long) (part & 0x7F) << shift;
      if (part < 0x80) {
        return value;
      }
    }
    throw new BadTableException("a run without an end");
  }
}
