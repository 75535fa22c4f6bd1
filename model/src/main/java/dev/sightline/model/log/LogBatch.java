package dev.sightline.model.log;

import dev.sightline.model.label.Labels;
import java.util.Arrays;

/// Lines on their way into a store: rows of stream, time, line and metadata, in any order.
///
/// Owned by one thread; reusable after [#clear] once the call it was given to has returned.
public final class LogBatch {
  private Labels[] streams = new Labels[64];
  private long[] timestampsNs = new long[64];
  private byte[][] lines = new byte[64][];
  private Labels[] metadata = new Labels[64];
  private int size;
  private long lineBytes;

  /// @param stream the labels of the stream, at least one
  /// @param line its bytes, kept as they are; not changed any more by the caller
  /// @param metadata what is known of this line alone (Loki's structured metadata); may be empty
  public void add(Labels stream, long timestampNs, byte[] line, Labels metadata) {
    if (size == lines.length) {
      streams = Arrays.copyOf(streams, size * 2);
      timestampsNs = Arrays.copyOf(timestampsNs, size * 2);
      lines = Arrays.copyOf(lines, size * 2);
      this.metadata = Arrays.copyOf(this.metadata, size * 2);
    }
    streams[size] = stream;
    timestampsNs[size] = timestampNs;
    lines[size] = line;
    this.metadata[size] = metadata;
    size++;
    lineBytes += line.length;
  }

  public int size() {
    return size;
  }

  /// Of all lines together.
  public long lineBytes() {
    return lineBytes;
  }

  public Labels stream(int index) {
    return streams[index];
  }

  public long timestampNs(int index) {
    return timestampsNs[index];
  }

  /// The array itself.
  public byte[] line(int index) {
    return lines[index];
  }

  public Labels metadata(int index) {
    return metadata[index];
  }

  public void clear() {
    Arrays.fill(streams, 0, size, Labels.EMPTY);
    Arrays.fill(metadata, 0, size, Labels.EMPTY);
    Arrays.fill(lines, 0, size, new byte[0]);
    size = 0;
    lineBytes = 0;
  }
}
