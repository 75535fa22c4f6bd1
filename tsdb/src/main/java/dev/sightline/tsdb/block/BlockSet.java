package dev.sightline.tsdb.block;

import dev.sightline.model.time.Ulid;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.failpoint.Failpoints;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.tsdb.block.BlockMeta.Parent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The blocks of a store, in order of time.
///
/// Safe for any number of threads; one at a time adds and removes.
public final class BlockSet implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BlockSet.class);
  private static final Comparator<Block> BY_TIME =
      Comparator.comparingLong((Block block) -> block.meta().minMs())
          .thenComparing(block -> block.meta().ulid());

  private final FileSystem files;
  private final Path directory;
  private final Path quarantine;

  /// of the thread that changes the set, as is the next
  private final List<Leftover> leftovers = new ArrayList<>();

  private final List<String> abandoned = new ArrayList<>();
  private volatile List<Block> blocks = List.of();
  private int quarantined;

  private BlockSet(FileSystem files, Path directory, Path quarantine) {
    this.files = files;
    this.directory = directory;
    this.quarantine = quarantine;
  }

  /// Opens every block there is. One that is damaged is moved away, and its data are missing.
  ///
  /// @param quarantine made when it is needed
  public static BlockSet open(FileSystem files, Path directory, Path quarantine) {
    BlockSet set = new BlockSet(files, directory, quarantine);
    files.syncDirectory(directory); // the names that a killed process gave may not be safe yet
    for (Path path : files.list(directory)) {
      if (Ulid.isUlid(path.getFileName().toString())) {
        try {
          set.add(Block.open(files, path));
        } catch (BadBytesException damage) {
          set.quarantine(path, damage);
        }
      }
    }
    set.removeReplaced();
    return set;
  }

  /// A crash may have come between a block and the removal of those that it was made of.
  private void removeReplaced() {
    Set<String> replaced =
        blocks.stream()
            .flatMap(block -> block.meta().descent().parents().stream().map(Parent::ulid))
            .collect(Collectors.toSet());
    for (Block block : blocks) {
      if (replaced.contains(block.meta().ulid())) {
        delete(block);
      }
    }
  }

  private void quarantine(Path path, BadBytesException damage) {
    Path kept = quarantine.resolve("metrics-" + path.getFileName());
    LOG.error(
        "a damaged block is moved to {}, its samples are missing: {}", kept, damage.getMessage());
    files.createDirectories(quarantine);
    files.rename(path, kept);
    files.syncDirectory(quarantine);
    files.syncDirectory(directory);
    quarantined++;
  }

  /// How many blocks were moved away when the set was opened.
  public int quarantined() {
    return quarantined;
  }

  /// The set owns the block from now on.
  public void add(Block block) {
    List<Block> more = new ArrayList<>(blocks);
    more.add(block);
    more.sort(BY_TIME);
    blocks = List.copyOf(more);
  }

  /// Takes a block out and deletes it; whoever reads it reads on.
  public void delete(Block block) {
    swap(List.of(block), null);
    leftovers.add(new Leftover(block, false));
    removeLeftovers();
  }

  /// Puts one block in the place of others, in one step for readers, and deletes those. One of
  /// which something could not be read is kept for someone to look at.
  ///
  /// @param fresh null where nothing is left of them
  public void replace(List<Block> gone, @Nullable Block fresh) {
    Failpoints.reach("tsdb.block.before-swap");
    swap(gone, fresh);
    Failpoints.reach("tsdb.block.after-swap");
    gone.forEach(block -> leftovers.add(new Leftover(block, block.damagedChunks() > 0)));
    removeLeftovers();
  }

  /// Writes a block and takes it in. One that failed after it had its name is removed again, at the
  /// latest by [#removeLeftovers].
  ///
  /// @param write writes the block of that name
  /// @param gone the blocks that it replaces
  /// @return whether there is such a block; none is written where nothing is in it
  public boolean write(String ulid, Supplier<BlockMeta> write, List<Block> gone) {
    Block fresh;
    try {
      if (write.get().stats().samples() == 0) {
        return false;
      }
      fresh = Block.open(files, directory.resolve(ulid));
    } catch (RuntimeException failure) {
      abandoned.add(ulid);
      throw failure;
    }
    replace(gone, fresh);
    return true;
  }

  /// Deletes what is out of the set and on the disk still, because the disk refused.
  ///
  /// To be called before other blocks are made of those in the set: a block that was replaced is
  /// known as such only as long as its child is there.
  public void removeLeftovers() {
    while (!abandoned.isEmpty()) {
      new DirectoryRemoval(files).remove(directory, abandoned.getFirst());
      abandoned.removeFirst();
    }
    while (!leftovers.isEmpty()) {
      Leftover next = leftovers.getFirst();
      if (next.damaged) {
        String lost = next.block.damagedChunks() + " chunks could not be read";
        quarantine(next.block.directory(), new BadBytesException(lost));
      } else {
        new DirectoryRemoval(files).remove(directory, next.block.meta().ulid());
      }
      next.block.letGo();
      leftovers.removeFirst();
    }
  }

  /// A block that is out of the set, and has to leave the disk.
  private record Leftover(Block block, boolean damaged) {}

  private void swap(List<Block> gone, @Nullable Block fresh) {
    List<Block> next = new ArrayList<>(blocks);
    next.removeAll(gone);
    if (fresh != null) {
      next.add(fresh);
    }
    next.sort(BY_TIME);
    blocks = List.copyOf(next);
  }

  public List<Block> all() {
    return blocks;
  }

  /// The blocks that overlap a range, both ends included; each is held and has to be let go.
  public List<Block> hold(long startMs, long endMs) {
    return blocks.stream()
        .filter(block -> block.meta().overlaps(startMs, endMs) && block.hold())
        .toList();
  }

  /// The end of the latest block, not included; `Long.MIN_VALUE` if there is none.
  public long endMs() {
    return blocks.stream().mapToLong(block -> block.meta().maxMs()).max().orElse(Long.MIN_VALUE);
  }

  @Override
  public void close() {
    blocks.forEach(Block::letGo);
    blocks = List.of();
  }
}
