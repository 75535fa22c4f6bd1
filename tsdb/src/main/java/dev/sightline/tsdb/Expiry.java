package dev.sightline.tsdb;

import dev.sightline.tsdb.block.Block;
import dev.sightline.tsdb.block.BlockSet;
import dev.sightline.tsdb.compact.Compactor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets go of what is too old, or more than there is room for.
///
/// Used by one thread at a time.
final class Expiry {
  private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);

  private final BlockSet blocks;
  private final Compactor compactor;
  private final Retention retention;
  private final LongSupplier besideBlocksBytes;

  /// how many of the retention's times each block was looked through for
  private final Map<String, Integer> lookedThrough = new HashMap<>();

  /// @param besideBlocksBytes what the logs take
  Expiry(
      BlockSet blocks, Compactor compactor, Retention retention, LongSupplier besideBlocksBytes) {
    this.blocks = blocks;
    this.compactor = compactor;
    this.retention = retention;
    this.besideBlocksBytes = besideBlocksBytes;
  }

  /// @param newestMs from which ages count
  void run(long newestMs) {
    for (Block block : blocks.all()) {
      long ageMs = newestMs - block.meta().maxMs();
      if (ageMs >= retention.longestMs()) {
        LOG.info("block {} is too old and goes", block.meta().ulid());
        blocks.delete(block);
      } else {
        dropExpiredSeries(block, ageMs);
      }
    }
    dropOldest();
    lookedThrough
        .keySet()
        .retainAll(blocks.all().stream().map(block -> block.meta().ulid()).toList());
  }

  /// A block is looked through once for each time that it becomes older than.
  private void dropExpiredSeries(Block block, long ageMs) {
    List<Long> timesMs = retention.timesMs();
    int passed = (int) timesMs.stream().filter(timeMs -> ageMs >= timeMs).count();
    if (passed == 0 || lookedThrough.getOrDefault(block.meta().ulid(), 0) >= passed) {
      return;
    }
    if (block.hasSeries(labels -> retention.keptMs(labels) <= ageMs)) {
      compactor.shorten(block, labels -> retention.keptMs(labels) > ageMs);
    } else {
      lookedThrough.put(block.meta().ulid(), passed);
    }
  }

  private void dropOldest() {
    if (retention.maxBytes() == 0) {
      return;
    }
    long bytes =
        besideBlocksBytes.getAsLong() + blocks.all().stream().mapToLong(Block::sizeBytes).sum();
    for (Block block : blocks.all()) {
      if (bytes <= retention.maxBytes()) {
        return;
      }
      bytes -= block.sizeBytes();
      LOG.info("block {} goes for want of room", block.meta().ulid());
      blocks.delete(block);
    }
  }
}
