package dev.sightline.logstore.block;

import dev.sightline.logstore.record.LineBody;
import dev.sightline.model.label.Labels;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSource;
import org.jspecify.annotations.Nullable;

/// Some rows of a block in memory. Columns are decompressed when they are first asked for: whoever
/// counts lines never touches their bytes.
///
/// Safe for any number of threads.
final class Frame {
  private final FrameEntry entry;
  private final byte[] stored;
  private final long[] timestampsNs;
  private volatile @Nullable Lines lines;
  private volatile @Nullable Metadata metadata;

  /// @param stored all columns, one behind the other
  Frame(FrameEntry entry, byte[] stored) {
    this.entry = entry;
    this.stored = stored;
    this.timestampsNs = times(column(BlockFormat.TIMES));
  }

  /// When all columns have been asked for.
  long memoryBytes() {
    return entry.memoryBytes();
  }

  long[] timestampsNs() {
    return timestampsNs;
  }

  /// @param starts by row, with one more behind the last
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Lines(byte[] bytes, int[] starts) {}

  Lines lines() {
    Lines known = lines;
    if (known == null) {
      byte[] bytes = column(BlockFormat.LINES);
      known = new Lines(bytes, starts(bytes.length));
      lines = known;
    }
    return known;
  }

  Labels metadata(int row) {
    if (entry.raw()[BlockFormat.METADATA] == 0) {
      return Labels.EMPTY;
    }
    Metadata known = metadata;
    if (known == null) {
      known = new Metadata(column(BlockFormat.METADATA), entry.rows());
      metadata = known;
    }
    return known.at(row);
  }

  private byte[] column(int number) {
    int offset = 0;
    for (int i = 0; i < number; i++) {
      offset += entry.stored()[i];
    }
    return Compression.decompress(stored, offset, entry.stored()[number], entry.raw()[number]);
  }

  private long[] times(byte[] column) {
    ByteSource source = new ByteSource(column);
    long unit = source.uvarint();
    long[] times = new long[entry.rows()];
    long at = 0;
    for (int row = 0; row < times.length; row++) {
      at += source.varint();
      times[row] = at * unit;
    }
    return times;
  }

  private int[] starts(int linesBytes) {
    ByteSource lengths = new ByteSource(column(BlockFormat.LENGTHS));
    int[] starts = new int[entry.rows() + 1];
    long at = 0;
    for (int row = 0; row < entry.rows(); row++) {
      at += Place.bounded(lengths.uvarint());
      if (at > linesBytes) {
        throw new BadBytesException("lines end before their lengths do");
      }
      starts[row + 1] = (int) at;
    }
    return starts;
  }

  private static final class Metadata {
    private final byte[] bytes;
    private final int[] starts;

    Metadata(byte[] bytes, int rows) {
      this.bytes = bytes;
      this.starts = new int[rows];
      ByteSource source = new ByteSource(bytes);
      for (int row = 0; row < rows; row++) {
        starts[row] = source.position();
        LineBody.skipLabels(source);
      }
    }

    Labels at(int row) {
      int start = starts[row];
      return bytes[start] == 0
          ? Labels.EMPTY
          : LineBody.readLabels(new ByteSource(bytes, start, bytes.length - start));
    }
  }
}
