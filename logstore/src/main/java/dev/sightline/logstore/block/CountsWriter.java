package dev.sightline.logstore.block;

import dev.sightline.model.label.Labels;
import dev.sightline.storage.codec.ByteSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts rows by stream, frame and metadata while they are written.
final class CountsWriter {
  private final LabelTable table = new LabelTable();
  private final ByteSink entries = new ByteSink(1 << 12);
  private final Map<Labels, long[]> sets = new LinkedHashMap<>();
  private int entryCount;
  private long firstRow;
  private long rows;
  private long minNs = Long.MAX_VALUE;
  private long maxNs = Long.MIN_VALUE;
  private long lineBytes;
  private @Nullable Labels last;
  private long[] ofLast = new long[2];

  @SuppressWarnings("ReferenceEquality") // equal sets that are other objects only cost time
  void add(long timestampNs, long length, Labels metadata) {
    rows++;
    lineBytes += length;
    minNs = Math.min(minNs, timestampNs);
    maxNs = Math.max(maxNs, timestampNs);
    if (metadata != last && sets.size() <= BlockFormat.MAX_TABLE) {
      ofLast = sets.computeIfAbsent(metadata, _ -> new long[2]);
      last = metadata;
    }
    ofLast[0]++;
    ofLast[1] += length;
  }

  /// A frame or a stream ends here.
  void end() {
    if (rows == 0) {
      return;
    }
    List<RowCounts.OfSet> counted = new ArrayList<>();
    if (sets.size() <= BlockFormat.MAX_TABLE) {
      sets.forEach((labels, of) -> counted.add(new RowCounts.OfSet(labels, of[0], of[1])));
    }
    new RowCounts(firstRow, rows, minNs, maxNs, lineBytes, counted).write(entries, table);
    entryCount++;
    firstRow += rows;
    rows = 0;
    lineBytes = 0;
    minNs = Long.MAX_VALUE;
    maxNs = Long.MIN_VALUE;
    sets.clear();
    last = null;
  }

  /// What stands in front of the entries.
  ByteSink head() {
    ByteSink head = new ByteSink(1 << 10);
    table.write(head);
    return head.uvarint(entryCount);
  }

  ByteSink entries() {
    return entries;
  }
}
