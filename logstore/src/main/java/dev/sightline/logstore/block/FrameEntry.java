package dev.sightline.logstore.block;

import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.fs.OpenFile;

/// What the directory of a block says of one frame.
///
/// @param firstRow of the block's rows
/// @param stored lengths of the columns
/// @param raw lengths of the columns, decompressed
/// @param checksum of all columns as they are stored
@SuppressWarnings("ArrayRecordComponent") // never compared
record FrameEntry(
    long firstRow,
    int rows,
    long minNs,
    long maxNs,
    long offset,
    int[] stored,
    int[] raw,
    long checksum,
    int filterBytes,
    long filterChecksum) {
  /// A line takes at least a byte of the column of lengths, and a frame is not much longer than its
  /// longest line.
  private static final int MAX_RAW_BYTES = 1 << 28;

  FrameEntry {
    long all = 0;
    for (int i = 0; i < BlockFormat.COLUMNS; i++) {
      if (stored[i] > raw[i] || raw[i] > MAX_RAW_BYTES) {
        throw new BadBytesException("a column of impossible size");
      }
      all += raw[i];
    }
    if (rows <= 0 || rows > BlockFormat.MAX_FRAME_ROWS || all > MAX_RAW_BYTES || maxNs < minNs) {
      throw new BadBytesException("a frame of impossible size");
    }
  }

  static FrameEntry read(ByteSource source, long firstRow) {
    int rows = Place.bounded(source.uvarint());
    long minNs = source.u64();
    long maxNs = source.u64();
    long offset = source.uvarint();
    int[] stored = new int[BlockFormat.COLUMNS];
    int[] raw = new int[BlockFormat.COLUMNS];
    for (int i = 0; i < BlockFormat.COLUMNS; i++) {
      stored[i] = Place.bounded(source.uvarint());
      raw[i] = Place.bounded(source.uvarint());
    }
    long checksum = source.u32();
    int filterBytes = Place.bounded(source.uvarint());
    return new FrameEntry(
        firstRow, rows, minNs, maxNs, offset, stored, raw, checksum, filterBytes, source.u32());
  }

  void write(ByteSink sink) {
    sink.uvarint(rows).u64(minNs).u64(maxNs).uvarint(offset);
    for (int i = 0; i < BlockFormat.COLUMNS; i++) {
      sink.uvarint(stored[i]).uvarint(raw[i]);
    }
    sink.u32(checksum).uvarint(filterBytes).u32(filterChecksum);
  }

  long endRow() {
    return firstRow + rows;
  }

  int storedBytes() {
    int sum = 0;
    for (int length : stored) {
      sum += length;
    }
    return sum;
  }

  /// Memory that the frame takes when it is read whole.
  long memoryBytes() {
    return raw[BlockFormat.LINES] + raw[BlockFormat.METADATA] + 16L * rows + storedBytes();
  }

  byte[] columns(OpenFile file) {
    return Place.fetch(file, offset, storedBytes(), checksum);
  }

  BloomFilter filter(OpenFile file) {
    byte[] bits = Place.fetch(file, offset + storedBytes(), filterBytes, filterChecksum);
    return new BloomFilter(bits, BlockFormat.WORD_HASHES);
  }
}
