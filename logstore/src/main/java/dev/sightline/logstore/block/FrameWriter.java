package dev.sightline.logstore.block;

import dev.sightline.model.label.Labels;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import java.util.zip.CRC32C;

/// Gathers rows until they make a frame.
final class FrameWriter {
  private static final long[] UNITS = {1_000_000_000, 1_000_000, 1_000, 1};

  private final Compression compression = new Compression();
  private final long[] timestampsNs = new long[BlockFormat.MAX_FRAME_ROWS];
  private final ByteSink lengths = new ByteSink(1 << 15);
  private final MetadataWriter metadata = new MetadataWriter();
  private final ByteSink lines = new ByteSink(BlockFormat.FRAME_BYTES * 5 / 4);
  private final Words words = new Words();
  private int rows;
  private long minNs = Long.MAX_VALUE;
  private long maxNs = Long.MIN_VALUE;

  void add(long timestampNs, byte[] bytes, int from, int to, Labels ofLine) {
    timestampsNs[rows++] = timestampNs;
    lengths.uvarint(to - from);
    metadata.add(ofLine);
    lines.bytes(bytes, from, to - from);
    words.add(bytes, from, to);
    minNs = Math.min(minNs, timestampNs);
    maxNs = Math.max(maxNs, timestampNs);
  }

  boolean isFull() {
    return lines.size() + metadata.size() >= BlockFormat.FRAME_BYTES
        || rows == BlockFormat.MAX_FRAME_ROWS;
  }

  int rows() {
    return rows;
  }

  /// Adds the frame to a file, and begins anew.
  ///
  /// @param offset of the file, where it comes to lie
  FrameEntry finish(ByteSink file, long firstRow, long offset) {
    ByteSink[] columns = {times(), lengths, metadata.finish(), lines};
    int[] stored = new int[columns.length];
    int[] raw = new int[columns.length];
    CRC32C checksum = new CRC32C();
    for (int i = 0; i < columns.length; i++) {
      raw[i] = columns[i].size();
      byte[] compressed = compression.compress(columns[i].view().array(), raw[i]);
      stored[i] = compressed.length;
      checksum.update(compressed);
      file.bytes(compressed);
    }
    byte[] filter = words.filter().bits();
    file.bytes(filter);
    FrameEntry entry =
        new FrameEntry(
            firstRow,
            rows,
            minNs,
            maxNs,
            offset,
            stored,
            raw,
            checksum.getValue(),
            filter.length,
            ByteSource.crc(filter, 0, filter.length));
    clear();
    return entry;
  }

  private ByteSink times() {
    long unit = unit();
    ByteSink times = new ByteSink(8 * rows + 16).uvarint(unit);
    long last = 0;
    for (int row = 0; row < rows; row++) {
      long at = timestampsNs[row] / unit;
      times.varint(at - last);
      last = at;
    }
    return times;
  }

  private long unit() {
    for (long unit : UNITS) {
      boolean fits = true;
      for (int row = 0; row < rows && fits; row++) {
        fits = timestampsNs[row] % unit == 0;
      }
      if (fits) {
        return unit;
      }
    }
    return 1;
  }

  private void clear() {
    rows = 0;
    minNs = Long.MAX_VALUE;
    maxNs = Long.MIN_VALUE;
    lengths.clear();
    lines.clear();
  }
}
