package dev.sightline.logstore;

import dev.sightline.logstore.block.Block;
import dev.sightline.logstore.head.Head;
import dev.sightline.logstore.record.LinesRecord;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;

/// Tells which lines of a record are in the store already, as far as they arrived within the last
/// half hour.
final class Resends {
  static final Duration WINDOW = Duration.ofMinutes(30);

  private Resends() {}

  static BitSet in(Parts parts, LinesRecord record, long nowMs) {
    BitSet repeated = parts.active().repeated(record);
    Head frozen = parts.frozen();
    if (frozen != null) {
      repeated.or(frozen.repeated(record));
    }
    long oldestNs = oldestNs(record);
    for (Block block : recent(parts.blocks(), nowMs)) {
      if (oldestNs <= block.summary().maxNs()) {
        addRepeated(block, record, repeated);
      }
    }
    return repeated;
  }

  private static List<Block> recent(List<Block> blocks, long nowMs) {
    int from = blocks.size();
    while (from > 0 && isRecent(blocks.get(from - 1), nowMs)) {
      from--;
    }
    return blocks.subList(from, blocks.size());
  }

  private static boolean isRecent(Block block, long nowMs) {
    return block.summary().newestArrivalMs() >= nowMs - WINDOW.toMillis();
  }

  /// Frees what was kept in memory for blocks that are not recent any more.
  static void forgetOld(List<Block> blocks, long nowMs) {
    for (Block block : blocks) {
      if (!isRecent(block, nowMs)) {
        block.forgetIdentities();
      }
    }
  }

  private static long oldestNs(LinesRecord record) {
    long oldest = Long.MAX_VALUE;
    for (int row = 0; row < record.size(); row++) {
      oldest = Math.min(oldest, record.timestampNs(row));
    }
    return oldest;
  }

  private static void addRepeated(Block block, LinesRecord record, BitSet repeated) {
    for (int row = 0; row < record.size(); row++) {
      if (!repeated.get(row)
          && block.mayContain(record.timestampNs(row), record.identity(row))
          && block.contains(
              record.streams().get(record.stream(row)),
              record.timestampNs(row),
              record.metadata(row),
              record.bytes(),
              record.lineStart(row),
              record.bodyEnd(row))) {
        repeated.set(row);
      }
    }
  }
}
