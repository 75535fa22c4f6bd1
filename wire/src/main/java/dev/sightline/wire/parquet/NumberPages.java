package dev.sightline.wire.parquet;

import dev.sightline.wire.parquet.ColumnPages.Page;
import dev.sightline.wire.table.BadTableException;
import dev.sightline.wire.table.ColumnSink;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads the pages of a column of numbers.
final class NumberPages {
  private final Leaf leaf;
  private final ColumnSink sink;
  private double[] dictionary = new double[0];
  private double[] values = new double[0];
  private int[] codes = new int[0];

  NumberPages(Leaf leaf, ColumnSink sink) {
    this.leaf = leaf;
    this.sink = sink;
  }

  void read(ColumnPages pages) throws IOException {
    dictionary = new double[0];
    for (Page page = pages.next(); page != null; page = pages.next()) {
      if (page.dictionary()) {
        dictionary = new double[page.values()];
        plain(page, dictionary);
        continue;
      }
      if (values.length < page.values()) {
        values = new double[page.values()];
      }
      decode(page);
      sink.numbers(values, page.values());
      sink.missing(page.missing());
    }
  }

  private void decode(Page page) {
    switch (page.encoding()) {
      case Encoding.PLAIN -> plain(page, values);
      case Encoding.PLAIN_DICTIONARY, Encoding.RLE_DICTIONARY -> byDictionary(page);
      case Encoding.DELTA_BINARY_PACKED -> deltas(page);
      case Encoding.BYTE_STREAM_SPLIT -> split(page);
      default ->
          throw new BadTableException("numbers in encoding " + page.encoding() + " are not known");
    }
  }

  private void byDictionary(Page page) {
    if (page.values() == 0) {
      return;
    }
    if (codes.length < page.values()) {
      codes = new int[page.values()];
    }
    new Hybrid(page.bytes(), page.from() + 1, page.end(), page.bytes()[page.from()])
        .read(codes, page.values());
    for (int place = 0; place < page.values(); place++) {
      values[place] = dictionary[codes[place]];
    }
  }

  private void deltas(Page page) {
    long[] read = new Deltas(page.bytes(), page.from(), page.end()).read(page.values());
    if (read.length != page.values()) {
      throw new BadTableException("a page of " + read.length + " values, not " + page.values());
    }
    for (int place = 0; place < read.length; place++) {
      values[place] = ofInteger(leaf.type() == Leaf.INT32 ? (int) read[place] : read[place]);
    }
  }

  /// First the first bytes of all values, then the second ones.
  private void split(Page page) {
    int size = size();
    int count = page.values();
    need(page, (long) count * size);
    byte[] joined = new byte[count * size];
    for (int part = 0; part < size; part++) {
      for (int place = 0; place < count; place++) {
        joined[place * size + part] = page.bytes()[page.from() + part * count + place];
      }
    }
    plain(new Page(false, joined, 0, joined.length, Encoding.PLAIN, count, page.missing()), values);
  }

  private void plain(Page page, double[] into) {
    int count = page.values();
    if (leaf.type() == Leaf.BYTES) {
      decimals(page, into);
      return;
    }
    need(page, (long) count * size());
    ByteBuffer bytes =
        ByteBuffer.wrap(page.bytes(), page.from(), page.end() - page.from())
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN);
    switch (leaf.type()) {
      case Leaf.DOUBLE -> bytes.asDoubleBuffer().get(into, 0, count);
      case Leaf.FLOAT -> {
        for (int place = 0; place < count; place++) {
          into[place] = bytes.getFloat(place * Float.BYTES);
        }
      }
      case Leaf.INT32 -> {
        for (int place = 0; place < count; place++) {
          into[place] = ofInteger(bytes.getInt(place * Integer.BYTES));
        }
      }
      case Leaf.INT64 -> {
        for (int place = 0; place < count; place++) {
          into[place] = ofInteger(bytes.getLong(place * Long.BYTES));
        }
      }
      default -> fixed(page, into);
    }
  }

  private void fixed(Page page, double[] into) {
    for (int place = 0; place < page.values(); place++) {
      int from = page.from() + place * leaf.typeLength();
      into[place] =
          leaf.meaning().kind() == Meaning.Kind.HALF_FLOAT
              ? Float.float16ToFloat(
                  (short) ((page.bytes()[from] & 0xFF) | page.bytes()[from + 1] << 8))
              : decimal(page.bytes(), from, leaf.typeLength());
    }
  }

  private void decimals(Page page, double[] into) {
    int at = page.from();
    for (int place = 0; place < page.values(); place++) {
      int length = ColumnPages.littleEndian(page.bytes(), at, page.end());
      if (length <= 0 || length > page.end() - at - Integer.BYTES) {
        throw new BadTableException("a decimal of " + length + " bytes");
      }
      into[place] = decimal(page.bytes(), at + Integer.BYTES, length);
      at += Integer.BYTES + length;
    }
  }

  private double decimal(byte[] bytes, int from, int length) {
    return new BigDecimal(new BigInteger(bytes, from, length), leaf.meaning().scale())
        .doubleValue();
  }

  private double ofInteger(long value) {
    return switch (leaf.meaning().kind()) {
      case UNSIGNED -> leaf.type() == Leaf.INT32 ? value & 0xFFFF_FFFFL : unsigned(value);
      case DECIMAL -> value / Math.pow(10, leaf.meaning().scale());
      default -> value;
    };
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
  }

  private int size() {
    return switch (leaf.type()) {
      case Leaf.FLOAT, Leaf.INT32 -> Integer.BYTES;
      case Leaf.FIXED_BYTES -> leaf.typeLength();
      default -> Long.BYTES;
    };
  }

  private static void need(Page page, long bytes) {
    if (bytes > page.end() - page.from()) {
      throw new BadTableException("a page ends before its " + page.values() + " values do");
    }
  }
}
