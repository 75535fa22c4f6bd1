package dev.sightline.logstore;

import dev.sightline.logstore.block.Block;
import dev.sightline.logstore.block.BlockSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which numbers of lines are in blocks, by day.
final class Coverage {
  private final Map<Long, List<BlockSummary>> byDay = new HashMap<>();
  private long endSequence;

  Coverage(Collection<Block> blocks) {
    for (Block block : blocks) {
      BlockSummary summary = block.summary();
      byDay
          .computeIfAbsent(BlockDirectory.dayOf(summary.minNs()), _ -> new ArrayList<>())
          .add(summary);
      endSequence = Math.max(endSequence, summary.endSequence());
    }
  }

  /// Behind the last number of a line in any block.
  long endSequence() {
    return endSequence;
  }

  boolean covers(long timestampNs, long sequence) {
    for (BlockSummary block : byDay.getOrDefault(BlockDirectory.dayOf(timestampNs), List.of())) {
      if (sequence >= block.firstSequence() && sequence < block.endSequence()) {
        return true;
      }
    }
    return false;
  }
}
