package dev.sightline.tsdb;

import dev.sightline.model.label.Matcher;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Ulid;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.tsdb.block.Block;
import dev.sightline.tsdb.block.BlockSet;
import dev.sightline.tsdb.block.BlockWriter;
import dev.sightline.tsdb.block.DirectorySize;
import dev.sightline.tsdb.chunk.ChunkSpan;
import dev.sightline.tsdb.chunk.StoredSeries;
import dev.sightline.tsdb.compact.CompactionPlan;
import dev.sightline.tsdb.compact.Compactor;
import dev.sightline.tsdb.head.Head;
import dev.sightline.tsdb.head.LogShortening;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Keeps memory and disk bounded: moves what is old enough from the head into blocks, joins blocks,
/// and lets go of what was deleted or is too old.
///
/// Runs on one thread at a time.
final class Maintenance {
  /// The head may grow half a range beyond the one that is cut off, so that late samples find room.
  private static final long HEAD_SPAN_MS = ChunkSpan.RANGE_MS * 3 / 2;

  private final FileSystem files;
  private final Path directory;
  private final Head head;
  private final BlockSet blocks;
  private final LogShortening shortening;
  private final Compactor compactor;
  private final Expiry expiry;
  private final List<Long> rangesMs;
  private final long longestKeptMs;
  private final Clock clock;
  private final TrustedTime time;
  private final SecureRandom random = new SecureRandom();

  /// @param directory in which blocks lie
  Maintenance(
      FileSystem files,
      Path directory,
      Head head,
      BlockSet blocks,
      LogShortening shortening,
      TsdbOptions options,
      Clock clock) {
    this.files = files;
    this.directory = directory;
    this.head = head;
    this.blocks = blocks;
    this.shortening = shortening;
    this.clock = clock;
    this.time = new TrustedTime(clock);
    this.compactor = new Compactor(files, directory, blocks, clock);
    this.longestKeptMs = options.retention().longestMs();
    this.rangesMs = CompactionPlan.rangesMs(options.retention().time().toMillis());
    this.expiry =
        new Expiry(blocks, compactor, options.retention(), () -> besideBlocksBytes(directory));
  }

  private long besideBlocksBytes(Path directory) {
    return DirectorySize.of(files, directory.resolve("wal"))
        + DirectorySize.of(files, directory.resolve("chunks_head"));
  }

  synchronized void run() {
    blocks.removeLeftovers();
    boolean cut = false;
    while (headIsFull()) {
      cutHead();
      cut = true;
    }
    if (cut) {
      shortening.run();
    }
    cleanDeleted();
    boolean joined = true;
    while (joined) {
      joined = compactor.step(rangesMs);
    }
    expiry.run(newestMs());
    blocks.all().forEach(Block::rest);
  }

  /// Writes blocks anew from which something was deleted.
  synchronized void cleanDeleted() {
    blocks.removeLeftovers();
    for (Block block : blocks.all()) {
      if (block.hasDeletions()) {
        compactor.shorten(block, _ -> true);
      }
    }
  }

  /// Hides samples, in memory and in blocks.
  synchronized void delete(List<Matcher> matchers, long startMs, long endMs) {
    blocks.removeLeftovers();
    head.delete(matchers, startMs, endMs);
    for (Block block : blocks.all()) {
      if (block.meta().overlaps(startMs, endMs)) {
        block.delete(matchers, startMs, endMs);
      }
    }
  }

  /// Says from where on samples go into the head; what lies before is closed to it from now on.
  synchronized long closeOldRanges() {
    if (head.cutMs() == Long.MIN_VALUE) {
      long oldestOpenMs = Math.min(head.oldestMs(), time.nowMs() - HEAD_SPAN_MS);
      head.cutAt(ChunkSpan.rangeEndMs(oldestOpenMs) - ChunkSpan.RANGE_MS);
    }
    return head.cutMs();
  }

  /// What lies before is gone, or will be soon.
  long earliestKeptMs() {
    long newestMs = newestMs();
    return newestMs < 0 ? Long.MIN_VALUE / 4 : newestMs - longestKeptMs;
  }

  /// Writes a block beside those of its range; they are joined by and by.
  ///
  /// @param endMs of a range that is closed to the head
  synchronized void writeBackfilled(long endMs, Collection<GatheredSeries> gathered) {
    blocks.removeLeftovers();
    List<StoredSeries> series = new ArrayList<>(gathered);
    series.sort(Comparator.comparing(StoredSeries::labels));
    writeBlock(endMs - ChunkSpan.RANGE_MS, endMs, series);
  }

  /// Runs while no block is made or goes.
  synchronized void whileBlocksStay(Runnable work) {
    work.run();
  }

  /// The time of the newest sample, but not of one that a clock gone wrong has put far ahead.
  private long newestMs() {
    long newestMs = Math.max(head.newestMs(), blocks.endMs());
    return Math.min(newestMs, time.nowMs() + head.futureMs());
  }

  private boolean headIsFull() {
    long oldestMs = head.oldestMs();
    return oldestMs != Long.MAX_VALUE
        && Math.min(head.newestMs(), time.nowMs() + head.futureMs()) - oldestMs > HEAD_SPAN_MS;
  }

  private void cutHead() {
    long endMs = ChunkSpan.rangeEndMs(head.oldestMs());
    head.cutAt(endMs); // for good: a block that failed may be found by the next start all the same
    writeBlock(endMs - ChunkSpan.RANGE_MS, endMs);
    head.truncate();
  }

  private void writeBlock(long startMs, long endMs) {
    List<StoredSeries> series = new ArrayList<>(head.select(List.of(), startMs, endMs - 1));
    series.sort(Comparator.comparing(StoredSeries::labels));
    writeBlock(startMs, endMs, series);
  }

  private void writeBlock(long startMs, long endMs, List<StoredSeries> series) {
    String ulid = Ulid.of(clock.nowMs(), random);
    BlockWriter writer = new BlockWriter(files, directory);
    blocks.write(ulid, () -> writer.write(ulid, startMs, endMs, series), List.of());
  }
}
