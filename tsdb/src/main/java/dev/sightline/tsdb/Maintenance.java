package dev.sightline.tsdb;

import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Ulid;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.tsdb.block.Block;
import dev.sightline.tsdb.block.BlockMeta;
import dev.sightline.tsdb.block.BlockSet;
import dev.sightline.tsdb.block.BlockWriter;
import dev.sightline.tsdb.chunk.ChunkSpan;
import dev.sightline.tsdb.chunk.StoredSeries;
import dev.sightline.tsdb.head.Head;
import dev.sightline.tsdb.head.LogShortening;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Keeps memory and disk bounded: moves what is old enough from the head into blocks, and deletes
/// blocks that are too old.
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
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /// @param directory in which blocks lie
  Maintenance(
      FileSystem files,
      Path directory,
      Head head,
      BlockSet blocks,
      LogShortening shortening,
      Clock clock) {
    this.files = files;
    this.directory = directory;
    this.head = head;
    this.blocks = blocks;
    this.shortening = shortening;
    this.clock = clock;
  }

  synchronized void run(long retentionMs) {
    boolean cut = false;
    while (headIsFull()) {
      cutHead();
      cut = true;
    }
    if (cut) {
      shortening.run();
    }
    deleteExpired(retentionMs);
    blocks.all().forEach(Block::rest);
  }

  private boolean headIsFull() {
    long oldestMs = head.oldestMs();
    return oldestMs != Long.MAX_VALUE && head.newestMs() - oldestMs > HEAD_SPAN_MS;
  }

  private void cutHead() {
    long endMs = ChunkSpan.rangeEndMs(head.oldestMs());
    long cutBeforeMs = head.cutMs();
    head.cutAt(endMs);
    try {
      writeBlock(endMs - ChunkSpan.RANGE_MS, endMs);
    } catch (RuntimeException failure) {
      head.cutAt(cutBeforeMs);
      throw failure;
    }
    head.truncate();
  }

  private void writeBlock(long startMs, long endMs) {
    List<StoredSeries> series = new ArrayList<>(head.select(List.of(), startMs, endMs - 1));
    series.sort(Comparator.comparing(StoredSeries::labels));
    String ulid = Ulid.of(clock.nowMs(), random);
    BlockMeta meta = new BlockWriter(files, directory).write(ulid, startMs, endMs, series);
    if (meta.stats().samples() > 0) {
      blocks.add(Block.open(files, directory.resolve(ulid)));
    }
  }

  private void deleteExpired(long retentionMs) {
    long newestMs = Math.max(head.newestMs(), blocks.endMs());
    for (Block block : blocks.all()) {
      if (newestMs - retentionMs >= block.meta().maxMs()) {
        blocks.delete(block);
      }
    }
  }
}
