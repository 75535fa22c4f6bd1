package dev.sightline.tsdb.block;

import dev.sightline.model.time.Ulid;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.fs.FileSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
  private volatile List<Block> blocks = List.of();
  private int quarantined;

  private BlockSet(FileSystem files, Path directory) {
    this.files = files;
    this.directory = directory;
  }

  /// Opens every block there is. One that is damaged is moved away, and its data are missing.
  ///
  /// @param quarantine made when it is needed
  public static BlockSet open(FileSystem files, Path directory, Path quarantine) {
    BlockSet set = new BlockSet(files, directory);
    for (Path path : files.list(directory)) {
      if (Ulid.isUlid(path.getFileName().toString())) {
        try {
          set.add(Block.open(files, path));
        } catch (BadBytesException damage) {
          set.quarantine(path, quarantine, damage);
        }
      }
    }
    return set;
  }

  private void quarantine(Path path, Path quarantine, BadBytesException damage) {
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
    blocks = blocks.stream().filter(one -> one != block).toList();
    new DirectoryRemoval(files).remove(directory, block.meta().ulid());
    block.letGo();
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
