package dev.sightline.tsdb.compact;

import dev.sightline.model.label.Labels;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Ulid;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.tsdb.block.Block;
import dev.sightline.tsdb.block.BlockMeta;
import dev.sightline.tsdb.block.BlockMeta.Descent;
import dev.sightline.tsdb.block.BlockSet;
import dev.sightline.tsdb.block.BlockWriter;
import dev.sightline.tsdb.block.BlockWriter.Span;
import dev.sightline.tsdb.block.MergedBlocks;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes blocks anew: several as one, or one without what was deleted from it.
///
/// A new block stands before the old ones go. After a crash between the two it names them as its
/// parents, and the start removes them. Used by one thread at a time.
public final class Compactor {
  private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);

  private final FileSystem files;
  private final Path directory;
  private final BlockSet blocks;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /// blocks that could not be read to their end; they stay as they are until the next start
  private final Set<String> unreadable = new HashSet<>();

  /// @param directory in which the blocks lie
  public Compactor(FileSystem files, Path directory, BlockSet blocks, Clock clock) {
    this.files = files;
    this.directory = directory;
    this.blocks = blocks;
    this.clock = clock;
  }

  /// Makes one block of some, if there are any to join.
  ///
  /// @return whether it did
  public boolean step(List<Long> rangesMs) {
    List<BlockMeta> metas =
        blocks.all().stream()
            .map(Block::meta)
            .filter(meta -> !unreadable.contains(meta.ulid()))
            .toList();
    List<BlockMeta> chosen = CompactionPlan.next(metas, rangesMs);
    if (chosen.isEmpty()) {
      return false;
    }
    Span span =
        new Span(
            chosen.getFirst().minMs(),
            chosen.stream().mapToLong(BlockMeta::maxMs).max().orElseThrow());
    List<Block> parents =
        blocks.all().stream().filter(block -> chosen.contains(block.meta())).toList();
    return rewrite(parents, span, Descent.of(chosen), _ -> true);
  }

  /// Writes one block anew, without what was deleted from it and without the series that are not
  /// wanted.
  ///
  /// @return whether it did
  public boolean shorten(Block block, Predicate<Labels> wanted) {
    BlockMeta meta = block.meta();
    if (unreadable.contains(meta.ulid())) {
      return false;
    }
    return rewrite(
        List.of(block), new Span(meta.minMs(), meta.maxMs()), Descent.shortened(meta), wanted);
  }

  private boolean rewrite(
      List<Block> parents, Span span, Descent descent, Predicate<Labels> wanted) {
    String ulid = Ulid.of(clock.nowMs(), random);
    try {
      BlockWriter writer = new BlockWriter(files, directory);
      MergedBlocks series = new MergedBlocks(parents, wanted);
      if (blocks.write(ulid, () -> writer.write(ulid, span, descent, series), parents)) {
        return true;
      }
      if (span.maxMs() == blocks.endMs()) {
        return false; // its end says from where on the log counts
      }
      blocks.replace(parents, null);
      return true;
    } catch (BadBytesException damage) {
      parents.forEach(block -> unreadable.add(block.meta().ulid()));
      LOG.error(
          "blocks {} stay as they are, because one cannot be read to its end: {}",
          descent.parents().stream().map(BlockMeta.Parent::ulid).toList(),
          damage.getMessage());
      return false;
    }
  }
}
