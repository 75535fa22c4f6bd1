package dev.sightline.logstore.block;

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
  private volatile int @Nullable [] starts;
  private volatile @Nullable Lines lines;
  private final int version;
  private volatile @Nullable MetadataColumn metadata;

  /// @param stored all columns, one behind the other
  /// @param version of the block's format
  Frame(FrameEntry entry, byte[] stored, int version) {
    this.version = version;
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
      known = new Lines(bytes, starts());
      lines = known;
    }
    return known;
  }

  Labels metadata(int row) {
    if (entry.raw()[BlockFormat.METADATA] == 0) {
      return Labels.EMPTY;
    }
    MetadataColumn known = metadata;
    if (known == null) {
      known = new MetadataColumn(column(BlockFormat.METADATA), entry.rows(), version);
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

  /// Where each line begins, with one more behind the last.
  int[] starts() {
    int[] known = starts;
    if (known == null) {
      known = starts(entry.raw()[BlockFormat.LINES]);
      starts = known;
    }
    return known;
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
}
