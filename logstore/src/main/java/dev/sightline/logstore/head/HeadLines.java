package dev.sightline.logstore.head;

import dev.sightline.logstore.record.LinesRecord;
import java.util.Arrays;

/// The lines of a head in the order of arrival, as columns; the bytes stay in the records of the
/// log that brought them.
///
/// Changed with the head's lock held. Who has taken the arrays with the lock held may read those
/// lines that were there then without it: a line never changes.
final class HeadLines {
  /// What a line costs besides its bytes: its columns, its place in its stream and in [Identities].
  static final int OVERHEAD_BYTES = 40;

  private byte[][] records = new byte[16][];
  private int recordCount;

  private long[] timestampsNs = new long[64];

  /// record and offset of the body within it
  private long[] places = new long[64];

  private int[] ends = new int[64];
  private int[] streams = new int[64];
  private int[] identities = new int[64];
  private int size;

  /// Keeps the bytes of a record for the lines that are added next.
  void keep(byte[] record) {
    if (recordCount == records.length) {
      records = Arrays.copyOf(records, 2 * recordCount);
    }
    records[recordCount++] = record;
  }

  /// @return the number of the line
  int add(LinesRecord record, int row, int stream) {
    if (size == timestampsNs.length) {
      grow();
    }
    timestampsNs[size] = record.timestampNs(row);
    places[size] = (long) (recordCount - 1) << 32 | record.bodyStart(row);
    ends[size] = record.bodyEnd(row);
    streams[size] = stream;
    identities[size] = record.identity(row);
    return size++;
  }

  private void grow() {
    int larger = 2 * size;
    timestampsNs = Arrays.copyOf(timestampsNs, larger);
    places = Arrays.copyOf(places, larger);
    ends = Arrays.copyOf(ends, larger);
    streams = Arrays.copyOf(streams, larger);
    identities = Arrays.copyOf(identities, larger);
  }

  int size() {
    return size;
  }

  long timestampNs(int line) {
    return timestampsNs[line];
  }

  int identity(int line) {
    return identities[line];
  }

  int stream(int line) {
    return streams[line];
  }

  /// Whether a line has the time and the body of one in a record.
  boolean isEqual(int line, LinesRecord record, int row) {
    return timestampsNs[line] == record.timestampNs(row)
        && Arrays.equals(
            records[(int) (places[line] >>> 32)],
            (int) places[line],
            ends[line],
            record.bytes(),
            record.bodyStart(row),
            record.bodyEnd(row));
  }

  /// The lines so far, to be read without the lock.
  View view() {
    return new View(records, timestampsNs, places, ends);
  }

  /// The columns as they were at some moment.
  static final class View {
    private final byte[][] records;
    private final long[] timestampsNs;
    private final long[] places;
    private final int[] ends;

    View(byte[][] records, long[] timestampsNs, long[] places, int[] ends) {
      this.records = records;
      this.timestampsNs = timestampsNs;
      this.places = places;
      this.ends = ends;
    }

    long[] timestampsNs() {
      return timestampsNs;
    }

    long timestampNs(int line) {
      return timestampsNs[line];
    }

    byte[] bytes(int line) {
      return records[(int) (places[line] >>> 32)];
    }

    int bodyStart(int line) {
      return (int) places[line];
    }

    int bodyEnd(int line) {
      return ends[line];
    }
  }
}
