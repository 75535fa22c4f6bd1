package dev.sightline.tsdb;

import dev.sightline.model.label.Matcher;
import dev.sightline.model.series.SeriesBackfill;
import dev.sightline.model.series.SeriesKeeping;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Clock;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.StorageException;
import dev.sightline.tsdb.block.Block;
import dev.sightline.tsdb.block.BlockMeta;
import dev.sightline.tsdb.block.BlockSet;
import dev.sightline.tsdb.head.Head;
import java.util.List;

/// Looks after the store for people: deletions, copies, and what is in it.
final class Keeping implements SeriesKeeping {
  private final Head head;
  private final BlockSet blocks;
  private final Maintenance maintenance;
  private final Snapshots snapshots;

  Keeping(
      FileSystem files,
      TsdbDirectories directories,
      Head head,
      BlockSet blocks,
      Maintenance maintenance,
      Clock clock) {
    this.head = head;
    this.blocks = blocks;
    this.maintenance = maintenance;
    this.snapshots = new Snapshots(files, directories.metrics(), clock);
  }

  @Override
  public void delete(List<Matcher> matchers, long startMs, long endMs) {
    attempt("delete series", () -> maintenance.delete(matchers, startMs, endMs));
  }

  @Override
  public void cleanDeleted() {
    attempt("clean what was deleted", maintenance::cleanDeleted);
  }

  @Override
  public String snapshot(boolean withHead) {
    String name = snapshots.freshName();
    attempt(
        "make a snapshot",
        () ->
            maintenance.whileBlocksStay(
                () -> snapshots.make(name, blocks.all(), withHead ? head : null)));
    return name;
  }

  @Override
  public SeriesBackfill backfill() {
    return new Backfill(head, maintenance);
  }

  private static void attempt(String what, Runnable work) {
    try {
      work.run();
    } catch (StorageException failure) {
      throw new StoreUnavailableException("cannot " + what + ": " + failure.reason(), failure);
    }
  }

  @Override
  public HeadFacts head(int limit) {
    return head.facts(limit);
  }

  @Override
  public List<BlockFacts> blocks() {
    return blocks.all().stream().map(Keeping::facts).toList();
  }

  private static BlockFacts facts(Block block) {
    BlockMeta meta = block.meta();
    BlockMeta.Stats stats = meta.stats();
    return new BlockFacts(
        meta.ulid(),
        meta.minMs(),
        meta.maxMs(),
        new BlockAmounts(
            stats.samples(), stats.series(), stats.chunks(), stats.tombstones(), block.sizeBytes()),
        meta.level(),
        meta.descent().sources(),
        meta.descent().parents().stream()
            .map(parent -> new BlockParent(parent.ulid(), parent.minMs(), parent.maxMs()))
            .toList());
  }

  /// The log is read back before the store is there to be asked.
  @Override
  public LogReplay logReplay() {
    int last = head.log().all().fileNumber();
    return new LogReplay(0, last, last, "done");
  }
}
