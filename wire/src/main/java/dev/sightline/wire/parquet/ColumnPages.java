package dev.sightline.wire.parquet;

import dev.sightline.wire.table.BadTableException;
import io.airlift.compress.v3.lz4.Lz4JavaDecompressor;
import io.airlift.compress.v3.snappy.SnappyJavaDecompressor;
import io.airlift.compress.v3.zstd.ZstdJavaDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Walks the pages of one column's chunk, each unpacked.
final class ColumnPages {
  private static final int LARGEST_PAGE = 256 << 20;
  private static final int MOST_VALUES = 1 << 24;
  private static final int HEADER = 4 << 10;
  private static final int LARGEST_HEADER = 16 << 20;

  private static final int UNCOMPRESSED = 0;
  private static final int SNAPPY = 1;
  private static final int GZIP = 2;
  private static final int ZSTD = 6;
  private static final int LZ4_RAW = 7;

  private final FileChannel file;
  private final ParquetFooter.Chunk chunk;
  private final boolean optional;
  private long at;
  private byte[] packed = new byte[0];
  private byte[] unpacked = new byte[0];

  /// One page.
  ///
  /// @param bytes valid until the next page
  /// @param from where values begin, behind the levels
  /// @param values that are there
  /// @param missing rows without one
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Page(
      boolean dictionary, byte[] bytes, int from, int end, int encoding, int values, int missing) {}

  ColumnPages(FileChannel file, ParquetFooter.Chunk chunk, boolean optional) {
    this.file = file;
    this.chunk = chunk;
    this.optional = optional;
    this.at = chunk.from();
    if (chunk.from() < 0 || chunk.length() < 0 || chunk.from() + chunk.length() < 0) {
      throw new BadTableException("its pages lie outside of the file");
    }
  }

  /// @return null at the end of the chunk
  @Nullable Page next() throws IOException {
    while (at < chunk.from() + chunk.length()) {
      PageHeader header = header();
      check(header);
      packed = room(packed, header.packedSize());
      readFully(at, packed, header.packedSize());
      at += header.packedSize();
      switch (header.kind()) {
        case PageHeader.DICTIONARY -> {
          unpack(header, 0, chunk.codec());
          return new Page(true, unpacked, 0, header.size(), header.encoding(), header.values(), 0);
        }
        case PageHeader.DATA, PageHeader.DATA_SECOND -> {
          return data(header);
        }
        default -> {}
      }
    }
    return null;
  }

  private Page data(PageHeader header) {
    int levels = header.second() ? header.levelsSize() : 0;
    unpack(header, levels, header.packed() ? chunk.codec() : UNCOMPRESSED);
    int from = levels;
    int end = header.size();
    int there = header.values();
    if (optional) {
      int levelsFrom = 0;
      int levelsEnd = levels;
      if (!header.second()) {
        int size = littleEndian(unpacked, 0, end);
        levelsFrom = Integer.BYTES;
        levelsEnd = levelsFrom + size;
        from = levelsEnd;
      }
      if (levelsEnd < levelsFrom || levelsEnd > end) {
        throw new BadTableException("levels of a page are longer than the page");
      }
      there = ones(new Hybrid(unpacked, levelsFrom, levelsEnd, 1), header.values());
    }
    return new Page(false, unpacked, from, end, header.encoding(), there, header.values() - there);
  }

  private static int ones(Hybrid levels, int count) {
    int[] all = new int[count];
    levels.read(all, count);
    int ones = 0;
    for (int level : all) {
      ones += level;
    }
    return ones;
  }

  private PageHeader header() throws IOException {
    long left = chunk.from() + chunk.length() - at;
    for (int size = HEADER; ; size *= 16) {
      int length = (int) Math.min(size, left);
      byte[] bytes = new byte[length];
      readFully(at, bytes, length);
      try {
        ThriftInput in = new ThriftInput(bytes, 0, length);
        PageHeader header = PageHeader.read(in);
        at += in.at();
        return header;
      } catch (BadTableException bad) {
        // Statistics in a header can be long texts.
        if (length == left || size >= LARGEST_HEADER) {
          throw bad;
        }
      }
    }
  }

  private void check(PageHeader header) {
    long left = chunk.from() + chunk.length() - at;
    if (header.packedSize() < 0
        || header.packedSize() > left
        || header.size() < 0
        || header.size() > LARGEST_PAGE
        || header.values() < 0
        || header.values() > MOST_VALUES
        || header.levelsSize() < 0
        || header.levelsSize() > Math.min(header.size(), header.packedSize())) {
      throw new BadTableException(
          "a page of "
              + header.values()
              + " values in "
              + header.size()
              + " bytes; at most "
              + MOST_VALUES
              + " in "
              + LARGEST_PAGE
              + " are read");
    }
  }

  /// @param plain bytes at the front that are never compressed
  private void unpack(PageHeader header, int plain, int codec) {
    unpacked = room(unpacked, header.size());
    System.arraycopy(packed, 0, unpacked, 0, plain);
    int length = header.packedSize() - plain;
    int want = header.size() - plain;
    int got =
        switch (codec) {
          case UNCOMPRESSED -> copied(plain, Math.min(length, want));
          case SNAPPY ->
              new SnappyJavaDecompressor().decompress(packed, plain, length, unpacked, plain, want);
          case ZSTD ->
              new ZstdJavaDecompressor().decompress(packed, plain, length, unpacked, plain, want);
          case LZ4_RAW ->
              new Lz4JavaDecompressor().decompress(packed, plain, length, unpacked, plain, want);
          case GZIP -> inflated(plain, length, want);
          default ->
              throw new BadTableException(
                  "its compression (codec "
                      + codec
                      + ") is not known; write it with zstd, snappy, gzip, lz4_raw or none");
        };
    if (got != want) {
      throw new BadTableException("a page unpacks to " + got + " bytes, not " + want);
    }
  }

  private int copied(int from, int length) {
    System.arraycopy(packed, from, unpacked, from, length);
    return length;
  }

  private int inflated(int from, int length, int want) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed, from, length))) {
      return in.readNBytes(unpacked, from, want);
    } catch (IOException failure) {
      throw new BadTableException("a page is no gzip: " + failure.getMessage(), failure);
    }
  }

  private void readFully(long from, byte[] into, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, from + buffer.position()) < 0) {
        throw new BadTableException("the file ends within a page");
      }
    }
  }

  private static byte[] room(byte[] array, int size) {
    return array.length >= size ? array : Arrays.copyOf(array, size);
  }

  static int littleEndian(byte[] bytes, int at, int end) {
    if (at < 0 || at > end - Integer.BYTES) {
      throw new BadTableException("a page ends early");
    }
    return (bytes[at] & 0xFF)
        | (bytes[at + 1] & 0xFF) << 8
        | (bytes[at + 2] & 0xFF) << 16
        | (bytes[at + 3] & 0xFF) << 24;
  }
}
