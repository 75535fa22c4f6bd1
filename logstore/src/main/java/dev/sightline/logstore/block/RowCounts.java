package dev.sightline.logstore.block;

import dev.sightline.model.label.Labels;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import java.util.ArrayList;
import java.util.List;

/// How many lines of one stream a frame has, by their metadata: what is asked for most can be
/// answered without the frame.
///
/// @param firstRow of the block's rows
/// @param sets of metadata with their lines; empty where there are too many of them
record RowCounts(
    long firstRow, long rows, long minNs, long maxNs, long lineBytes, List<OfSet> sets) {
  /// Lines with the same metadata.
  record OfSet(Labels metadata, long rows, long lineBytes) {}

  /// Frames have few streams, and of each few sets.
  private static final int MOST_SETS = BlockFormat.MAX_TABLE;

  RowCounts {
    sets = List.copyOf(sets);
    if (rows <= 0 || lineBytes < 0 || maxNs < minNs) {
      throw new BadBytesException("counts of impossible size");
    }
  }

  boolean hasSets() {
    return !sets.isEmpty();
  }

  /// @param numbers of label sets, by their place in the section's table
  void write(ByteSink sink, LabelTable numbers) {
    sink.uvarint(rows).u64(minNs).uvarint(maxNs - minNs).uvarint(lineBytes).uvarint(sets.size());
    for (OfSet set : sets) {
      sink.uvarint(numbers.numberOf(set.metadata)).uvarint(set.rows).uvarint(set.lineBytes);
    }
  }

  static RowCounts read(ByteSource source, long firstRow, List<Labels> table) {
    long rows = source.uvarint();
    long minNs = source.u64();
    long maxNs = minNs + source.uvarint();
    long lineBytes = source.uvarint();
    int count = source.length();
    if (count > MOST_SETS) {
      throw new BadBytesException("counts of " + count + " sets");
    }
    List<OfSet> sets = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int number = Place.bounded(source.uvarint());
      if (number >= table.size()) {
        throw new BadBytesException("metadata " + number + " of " + table.size());
      }
      sets.add(new OfSet(table.get(number), source.uvarint(), source.uvarint()));
    }
    return new RowCounts(firstRow, rows, minNs, maxNs, lineBytes, sets);
  }
}
