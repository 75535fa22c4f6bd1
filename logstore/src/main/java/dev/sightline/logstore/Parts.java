package dev.sightline.logstore;

import dev.sightline.logstore.block.Block;
import dev.sightline.logstore.head.Head;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where all lines are at some moment: each in exactly one part.
///
/// @param blocks in the order in which their lines arrived
/// @param frozen the head that is being written to blocks; nothing is added to it any more
/// @param active the head that new lines go to
record Parts(List<Block> blocks, @Nullable Head frozen, Head active) {
  private static final Comparator<Block> ARRIVAL =
      Comparator.<Block>comparingLong(block -> block.summary().endSequence())
          .thenComparingLong(block -> block.summary().firstSequence());

  Parts {
    blocks = List.copyOf(blocks);
  }

  Parts freeze(Head next) {
    return new Parts(blocks, active, next);
  }

  /// The frozen head has become blocks.
  Parts adopt(Collection<Block> more) {
    return new Parts(with(more).blocks, null, active);
  }

  Parts with(Collection<Block> more) {
    List<Block> all = new ArrayList<>(blocks);
    all.addAll(more);
    all.sort(ARRIVAL);
    return new Parts(all, frozen, active);
  }

  Parts without(Collection<Block> less) {
    return new Parts(
        blocks.stream().filter(block -> !less.contains(block)).toList(), frozen, active);
  }

  /// The latest time of a line, the least number if there are none.
  long newestNs() {
    long newest = active.newestNs();
    if (frozen != null) {
      newest = Math.max(newest, frozen.newestNs());
    }
    for (Block block : blocks) {
      newest = Math.max(newest, block.summary().maxNs());
    }
    return newest;
  }

  /// Memory taken by lines.
  long headBytes() {
    return active.bytes() + (frozen == null ? 0 : frozen.bytes());
  }
}
