package dev.sightline.logstore.block;

import dev.sightline.logstore.block.BlockIndex.StreamRows;
import dev.sightline.logstore.merge.Span;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LineCounts;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Counts the lines of one stream in a block: by the block's counts where a frame lies within one
/// part of time, otherwise by times and lengths. The lines themselves are never read.
final class BlockCounter {
  private final Block block;
  private final BlockIndex index;
  private final StreamRows rows;
  private final Span span;

  BlockCounter(Block block, BlockIndex index, StreamRows rows, Span span) {
    this.block = block;
    this.index = index;
    this.rows = rows;
    this.span = span;
  }

  void count(Set<String> metadataNames, LineCounts into) {
    int last = index.frameOf(rows.endRow() - 1);
    for (int number = index.frameOf(rows.firstRow()); number <= last; number++) {
      FrameEntry entry = index.frames().get(number);
      RowCounts known = index.counts().get(Math.max(rows.firstRow(), entry.firstRow()));
      if (!span.overlaps(entry.minNs(), entry.maxNs())) {
        continue;
      }
      if (!isEnough(known, metadataNames, into) || !add(known, metadataNames, into)) {
        walk(entry, number, metadataNames, into);
      }
    }
  }

  /// Whether all lines that are counted together lie in one part of the time.
  private boolean isEnough(@Nullable RowCounts known, Set<String> metadataNames, LineCounts into) {
    return known != null
        && span.contains(known.minNs(), known.maxNs())
        && (metadataNames.isEmpty() || known.hasSets())
        && into.slotOf(known.minNs()) == into.slotOf(known.maxNs());
  }

  private static boolean add(
      @Nullable RowCounts known, Set<String> metadataNames, LineCounts into) {
    if (known == null) {
      return false;
    }
    int slot = into.slotOf(known.minNs());
    if (metadataNames.isEmpty()) {
      into.add(slot, Labels.EMPTY, known.rows(), known.lineBytes());
    } else {
      known
          .sets()
          .forEach(
              set ->
                  into.add(
                      slot, set.metadata().keeping(metadataNames), set.rows(), set.lineBytes()));
    }
    return true;
  }

  private void walk(FrameEntry entry, int number, Set<String> metadataNames, LineCounts into) {
    Frame frame = block.frame(entry, number);
    if (frame == null) {
      return;
    }
    long[] timestampsNs = frame.timestampsNs();
    int[] starts = frame.starts();
    int to = (int) Math.min(entry.rows(), rows.endRow() - entry.firstRow());
    int from = (int) Math.max(0, rows.firstRow() - entry.firstRow());
    PickedMetadata picked = new PickedMetadata(metadataNames);
    for (int row = from; row < to; row++) {
      long timestampNs = timestampsNs[row];
      if (timestampNs >= span.startNs() && timestampNs < span.endNs()) {
        Labels metadata = metadataNames.isEmpty() ? Labels.EMPTY : picked.of(frame.metadata(row));
        into.add(into.slotOf(timestampNs), metadata, 1, starts[row + 1] - starts[row]);
      }
    }
  }

  /// Keeps some labels; metadata of neighbours are often the same object.
  private static final class PickedMetadata {
    private final Set<String> names;
    private Labels last = Labels.EMPTY;
    private Labels ofLast = Labels.EMPTY;

    PickedMetadata(Set<String> names) {
      this.names = names;
    }

    @SuppressWarnings("ReferenceEquality") // equal sets that are other objects only cost time
    Labels of(Labels metadata) {
      if (metadata != last) {
        last = metadata;
        ofLast = metadata.keeping(names);
      }
      return ofLast;
    }
  }
}
