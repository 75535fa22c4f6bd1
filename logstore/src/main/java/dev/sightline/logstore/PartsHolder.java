package dev.sightline.logstore;

import dev.sightline.logstore.block.Block;
import dev.sightline.logstore.head.Head;
import java.util.Collection;
import java.util.List;

/// The present [Parts], and the number of the next line.
///
/// Whoever adds lines holds the lock of this object meanwhile. Reading [#now] takes no lock.
final class PartsHolder {
  private volatile Parts now;

  // guarded by this
  private long nextSequence;

  PartsHolder(List<Block> blocks, Head active, long nextSequence) {
    this.now = new Parts(List.of(), null, active).adopt(blocks);
    this.nextSequence = nextSequence;
  }

  Parts now() {
    return now;
  }

  synchronized long nextSequence() {
    return nextSequence;
  }

  synchronized void nextSequence(long next) {
    nextSequence = next;
  }

  /// What is in the active head is to become blocks.
  synchronized void freeze() {
    now = now.freeze(new Head(nextSequence));
  }

  synchronized void adopt(Collection<Block> blocks) {
    now = now.adopt(blocks);
  }

  /// In one step for readers.
  synchronized void replace(Collection<Block> olds, Collection<Block> fresh) {
    now = now.without(olds).with(fresh);
  }

  synchronized void remove(Collection<Block> blocks) {
    now = now.without(blocks);
  }
}
