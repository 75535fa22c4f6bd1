package dev.sightline.logstore;

import dev.sightline.logstore.block.Block;
import dev.sightline.logstore.head.Head;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.storage.fs.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the store does by itself: cuts a head that is large or old, and deletes what is past its
/// retention.
final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration CUT_PERIOD = Duration.ofSeconds(1);
  private static final Duration EXPIRY_PERIOD = Duration.ofMinutes(10);
  private static final long NS_PER_MS = 1_000_000;

  private final LogStoreOptions options;
  private final Clock clock;
  private final PartsHolder parts;
  private final Cutter cutter;
  private final BlockDirectory directories;
  private final List<Scheduler.Repeating> repeating = new ArrayList<>();

  Upkeep(
      LogStoreOptions options,
      Clock clock,
      PartsHolder parts,
      Cutter cutter,
      BlockDirectory directories) {
    this.options = options;
    this.clock = clock;
    this.parts = parts;
    this.cutter = cutter;
    this.directories = directories;
  }

  void start(Scheduler scheduler) {
    repeating.add(scheduler.every("cut of logs", CUT_PERIOD, CUT_PERIOD, this::cutIfDue));
    repeating.add(scheduler.every("retention of logs", EXPIRY_PERIOD, EXPIRY_PERIOD, this::expire));
  }

  private void cutIfDue() {
    Head active = parts.now().active();
    long nowMs = clock.nowMs();
    boolean isOld =
        !active.isEmpty() && nowMs - active.firstArrivalMs() >= options.headAge().toMillis();
    if (isOld || active.bytes() >= options.headBytes() || parts.now().frozen() != null) {
      cutter.cut(nowMs);
    }
  }

  /// Ages are counted from the newest line, so that a clock that jumps ahead deletes nothing.
  private void expire() {
    long nowMs = clock.nowMs();
    Resends.forgetOld(parts.now().blocks(), nowMs);
    long newestNs = parts.now().newestNs();
    if (newestNs == Long.MIN_VALUE) {
      return;
    }
    long oldestNs = Math.min(nowMs * NS_PER_MS, newestNs) - options.retention().toNanos();
    List<Block> old =
        parts.now().blocks().stream().filter(block -> block.summary().maxNs() < oldestNs).toList();
    parts.remove(old);
    for (Block block : old) {
      try {
        directories.delete(block);
      } catch (StorageException failure) {
        LOG.warn("logs: a block past its retention stays on disk: {}", failure.getMessage());
      }
    }
  }

  @Override
  public void close() {
    repeating.forEach(Scheduler.Repeating::close);
  }
}
