package dev.sightline.logstore.block;

import dev.sightline.logstore.index.StreamIndex;
import dev.sightline.logstore.record.LineBody;
import dev.sightline.model.label.Labels;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Which streams and frames a block has; not changed any more.
///
/// @param streams by number, which is their order by labels
/// @param frames in the order of rows
/// @param counts of each stream within each frame, by its first row; none in blocks of the first
///   version
record BlockIndex(
    StreamIndex index,
    List<StreamRows> streams,
    List<FrameEntry> frames,
    NavigableMap<Long, RowCounts> counts) {
  /// Where the rows of a stream are.
  record StreamRows(long firstRow, long endRow, long minNs, long maxNs) {}

  /// @param countsSection empty where there is none
  static BlockIndex read(byte[] streamsSection, byte[] directory, byte[] countsSection, long rows) {
    StreamIndex index = new StreamIndex();
    List<StreamRows> streams = readStreams(new ByteSource(streamsSection), index);
    List<FrameEntry> frames = readFrames(new ByteSource(directory));
    if (streams.getLast().endRow != rows || frames.getLast().endRow() != rows) {
      throw new BadBytesException("streams, frames and footer disagree on the number of rows");
    }
    NavigableMap<Long, RowCounts> counts = readCounts(new ByteSource(countsSection));
    if (!counts.isEmpty() && endRow(counts.lastEntry().getValue()) != rows) {
      throw new BadBytesException("counts and footer disagree on the number of rows");
    }
    return new BlockIndex(index, streams, frames, counts);
  }

  private static NavigableMap<Long, RowCounts> readCounts(ByteSource source) {
    NavigableMap<Long, RowCounts> counts = new TreeMap<>();
    if (source.remaining() == 0) {
      return counts;
    }
    List<Labels> table = LabelTable.read(source);
    int count = atLeastOne(source.length());
    long row = 0;
    for (int i = 0; i < count; i++) {
      RowCounts read = RowCounts.read(source, row, table);
      counts.put(row, read);
      row = endRow(read);
    }
    return counts;
  }

  private static long endRow(RowCounts counts) {
    return counts.firstRow() + counts.rows();
  }

  private static List<StreamRows> readStreams(ByteSource source, StreamIndex index) {
    int count = atLeastOne(source.length());
    List<StreamRows> streams = new ArrayList<>(count);
    long row = 0;
    for (int i = 0; i < count; i++) {
      Labels labels = LineBody.readLabels(source);
      if (index.find(labels) >= 0) {
        throw new BadBytesException("stream " + labels + " comes twice");
      }
      index.add(labels);
      long end = row + source.uvarint();
      long minNs = source.u64();
      streams.add(new StreamRows(row, end, minNs, minNs + source.uvarint()));
      if (end <= row) {
        throw new BadBytesException("stream " + labels + " has no rows");
      }
      row = end;
    }
    return streams;
  }

  private static List<FrameEntry> readFrames(ByteSource source) {
    int count = atLeastOne(source.length());
    List<FrameEntry> frames = new ArrayList<>(count);
    long row = 0;
    for (int i = 0; i < count; i++) {
      FrameEntry frame = FrameEntry.read(source, row);
      frames.add(frame);
      row = frame.endRow();
    }
    return frames;
  }

  private static int atLeastOne(int count) {
    if (count == 0) {
      throw new BadBytesException("a block of nothing");
    }
    return count;
  }

  /// The number of the frame that holds a row.
  int frameOf(long row) {
    int low = 0;
    int high = frames.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (frames.get(middle).endRow() <= row) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
