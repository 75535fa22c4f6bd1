package dev.sightline.logstore;

import dev.sightline.logstore.block.Block;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LineTest.Tester;
import dev.sightline.model.log.LogDeletions.State;
import dev.sightline.model.time.Clock;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.StorageException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes lines off the disk that are too old, too many, or were to be deleted, and merges small
/// blocks.
///
/// Runs on one thread at a time.
final class Tidying {
  private static final Logger LOG = LoggerFactory.getLogger(Tidying.class);
  private static final long NS_PER_MS = 1_000_000;

  /// Blocks with fewer bytes of lines are merged, up to as much.
  private static final long SMALL_BYTES = 16L << 20;

  private static final long MERGED_BYTES = 64L << 20;

  /// So many small blocks of a day are worth it; of a day that is over, two.
  private static final int WORTH_IT = 4;

  private final LogStoreOptions options;
  private final Clock clock;
  private final PartsHolder parts;
  private final Cutter cutter;
  private final BlockDirectory directory;
  private final Rewriting rewriting;
  private final Deletions deletions;

  Tidying(
      LogStoreOptions options,
      Clock clock,
      PartsHolder parts,
      Cutter cutter,
      BlockDirectory directory,
      Deletions deletions) {
    this.options = options;
    this.clock = clock;
    this.parts = parts;
    this.cutter = cutter;
    this.directory = directory;
    this.rewriting = new Rewriting(directory, parts);
    this.deletions = deletions;
  }

  /// Everything that is due.
  void run() {
    Resends.forgetOld(parts.now().blocks(), clock.nowMs());
    expire();
    shrink();
    dropShortLived();
    delete();
    merge();
  }

  /// Where ages are counted from: the newest line, so that a clock that jumps ahead deletes
  /// nothing.
  ///
  /// @return the least number if there are no lines
  static long newestNs(Parts parts, long nowMs) {
    return Math.min(nowMs * NS_PER_MS, parts.newestNs());
  }

  private long newestNs() {
    return newestNs(parts.now(), clock.nowMs());
  }

  private void expire() {
    long newestNs = newestNs();
    if (newestNs == Long.MIN_VALUE) {
      return;
    }
    long oldestNs = newestNs - options.retention().longest().toNanos();
    List<Block> old =
        parts.now().blocks().stream().filter(block -> block.summary().maxNs() < oldestNs).toList();
    drop(old);
  }

  private void drop(List<Block> blocks) {
    parts.remove(blocks);
    for (Block block : blocks) {
      try {
        directory.delete(block);
      } catch (StorageException failure) {
        LOG.warn("logs: a block past its retention stays on disk: {}", failure.getMessage());
      }
    }
  }

  /// The oldest blocks go until those that are left are few enough.
  private void shrink() {
    List<Block> oldestFirst = new ArrayList<>(parts.now().blocks());
    oldestFirst.sort(Comparator.comparingLong(block -> block.summary().maxNs()));
    long excess = excessBytes(oldestFirst);
    List<Block> dropped = new ArrayList<>();
    for (Block block : oldestFirst) {
      boolean isOfNewestDay =
          day(block) >= BlockDirectory.dayOf(oldestFirst.getLast().summary().maxNs());
      if (excess <= 0 || isOfNewestDay) {
        break;
      }
      excess -= block.sizeBytes();
      dropped.add(block);
    }
    drop(dropped);
  }

  private long excessBytes(List<Block> blocks) {
    RetentionRules rules = options.retention();
    long excess = 0;
    if (rules.mostBytes() > 0) {
      excess = blocks.stream().mapToLong(Block::sizeBytes).sum() - rules.mostBytes();
    }
    if (rules.leastFreePercent() > 0) {
      try {
        FileSystem.Space space = directory.space();
        long wantedFree = (long) (space.totalBytes() / 100.0 * rules.leastFreePercent());
        excess = Math.max(excess, wantedFree - space.usableBytes());
      } catch (StorageException failure) {
        LOG.warn("logs: the disk's room is unknown: {}", failure.getMessage());
      }
    }
    return excess;
  }

  private static long day(Block block) {
    return BlockDirectory.dayOf(block.summary().minNs());
  }

  /// Lines of streams that are kept for a shorter time than others. A block waits until all of its
  /// lines are older than that, so that it is written anew once for each period at most.
  private void dropShortLived() {
    long newestNs = newestNs();
    if (!options.retention().hasRules() || newestNs == Long.MIN_VALUE) {
      return;
    }
    for (Block block : parts.now().blocks()) {
      long maxNs = block.summary().maxNs();
      boolean mayHaveOld =
          options.retention().shorter().stream()
              .anyMatch(period -> maxNs < newestNs - period.toNanos());
      if (mayHaveOld) {
        Rewriting.Leaving leaving = (labels, _, _) -> old(labels, maxNs, newestNs);
        String trouble = attempt(() -> leave(block, leaving));
        if (!trouble.isEmpty()) {
          LOG.warn("logs: lines past their retention stay on disk: {}", trouble);
        }
      }
    }
  }

  private @Nullable Tester old(Labels labels, long maxNs, long newestNs) {
    long oldestNs = newestNs - options.retention().periodOf(labels).toNanos();
    return maxNs < oldestNs ? (_, _) -> true : null;
  }

  private void leave(Block block, Rewriting.Leaving leaving) {
    if (Rewriting.leavesAny(block, leaving)) {
      rewriting.replace(List.of(block), leaving);
    }
  }

  private void delete() {
    deletions.forgetOld();
    List<DeletionRequest> due = deletions.due();
    if (due.isEmpty()) {
      return;
    }
    if (!cutter.cut(clock.nowMs())) {
      due.forEach(one -> say(one, State.HIDDEN, 0, 0, cutter.trouble()));
      return;
    }
    for (DeletionRequest request : due) {
      delete(request);
    }
  }

  private void delete(DeletionRequest request) {
    List<Block> blocks =
        parts.now().blocks().stream()
            .filter(
                block ->
                    block.summary().maxNs() >= request.said().startNs()
                        && block.summary().minNs() < request.said().endNs())
            .toList();
    Rewriting.Leaving leaving =
        (labels, minNs, maxNs) ->
            DeletionRequest.hiding(List.of(request), labels, minNs, maxNs + 1);
    int done = 0;
    say(request, State.RUNNING, blocks.size(), done, "");
    for (Block block : blocks) {
      String trouble = attempt(() -> leave(block, leaving));
      if (!trouble.isEmpty()) {
        LOG.error("logs: deleted lines stay on disk: {}", trouble);
        say(request, State.RUNNING, blocks.size(), done, trouble);
        return;
      }
      say(request, State.RUNNING, blocks.size(), ++done, "");
    }
    int all = done;
    String trouble = attempt(() -> say(request, State.GONE, all, all, ""));
    if (!trouble.isEmpty()) {
      LOG.warn("logs: the end of a deletion is not kept: {}", trouble);
    }
  }

  private void say(DeletionRequest request, State state, int blocks, int done, String trouble) {
    deletions.change(request.said().id(), one -> one.at(state, blocks, done, trouble));
  }

  private static String attempt(Runnable work) {
    try {
      work.run();
      return "";
    } catch (StorageException | BadBytesException failure) {
      return String.valueOf(failure.getMessage());
    }
  }

  private void merge() {
    Map<Long, List<Block>> byDay = new TreeMap<>();
    for (Block block : parts.now().blocks()) {
      byDay.computeIfAbsent(day(block), _ -> new ArrayList<>()).add(block);
    }
    long newestDay = BlockDirectory.dayOf(newestNs());
    byDay.forEach((day, blocks) -> merge(blocks, day < newestDay - 1 ? 2 : WORTH_IT));
  }

  /// @param blocks of one day, in the order of arrival
  private void merge(List<Block> blocks, int worthIt) {
    List<Block> run = new ArrayList<>();
    long bytes = 0;
    for (Block block : blocks) {
      long more = block.summary().lineBytes();
      if (more >= SMALL_BYTES || bytes + more > MERGED_BYTES) {
        mergeIfWorthIt(run, worthIt);
        run.clear();
        bytes = 0;
      }
      if (more < SMALL_BYTES) {
        run.add(block);
        bytes += more;
      }
    }
    mergeIfWorthIt(run, worthIt);
  }

  private void mergeIfWorthIt(List<Block> run, int worthIt) {
    if (run.size() >= worthIt) {
      List<Block> merged = List.copyOf(run);
      String trouble = attempt(() -> rewriting.replace(merged, (_, _, _) -> null));
      if (!trouble.isEmpty()) {
        LOG.warn("logs: small blocks stay as they are: {}", trouble);
      }
    }
  }
}
