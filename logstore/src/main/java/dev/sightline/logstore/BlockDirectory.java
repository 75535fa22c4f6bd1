package dev.sightline.logstore;

import dev.sightline.logstore.block.Block;
import dev.sightline.logstore.block.BlockSummary;
import dev.sightline.logstore.block.BlockWriter;
import dev.sightline.logstore.block.NewerVersionException;
import dev.sightline.logstore.merge.Span;
import dev.sightline.logstore.merge.StreamPart;
import dev.sightline.model.log.LogSource.Direction;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.StorageException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The blocks on disk: a directory for each day, named by its date (UTC).
///
/// A block is there when its file has its name. What is damaged goes to the quarantine, and nothing
/// that is not understood is deleted.
final class BlockDirectory {
  static final long DAY_NS = Duration.ofDays(1).toNanos();

  private static final Logger LOG = LoggerFactory.getLogger(BlockDirectory.class);
  private static final String UNFINISHED = ".tmp";

  private final Block.Shared shared;
  private final FileSystem files;
  private final Path directory;
  private final Path quarantine;

  // changed by the one thread that replaces blocks
  private long generation;

  BlockDirectory(Block.Shared shared, Path store) {
    this.shared = shared;
    this.files = shared.files();
    this.directory = store.resolve("blocks");
    this.quarantine = store.resolve("quarantine");
  }

  static long dayOf(long timestampNs) {
    return Math.floorDiv(timestampNs, DAY_NS);
  }

  List<Block> openAll() {
    files.createDirectories(directory);
    List<Block> blocks = new ArrayList<>();
    for (Path day : files.list(directory)) {
      blocks.addAll(openDay(files.list(day)));
    }
    return blocks;
  }

  /// What a block replaces is gone, even if it could not be deleted in time.
  private List<Block> openDay(List<Path> paths) {
    List<Block> blocks = new ArrayList<>();
    Set<String> replaced = new HashSet<>();
    for (Path path : paths) {
      String name = nameOf(path);
      if (name.endsWith(BlockName.SUFFIX + UNFINISHED)) {
        files.delete(path);
      } else if (name.endsWith(BlockName.SUFFIX)) {
        generation = Math.max(generation, BlockName.generationOf(name));
        Block block = open(path);
        if (block != null) {
          blocks.add(block);
          replaced.addAll(block.replaced());
        }
      }
    }
    for (Block block : List.copyOf(blocks)) {
      if (replaced.contains(nameOf(block.path()))) {
        blocks.remove(block);
        deleteQuietly(block.path());
      }
    }
    return blocks;
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }

  private @Nullable Block open(Path path) {
    try {
      return Block.open(shared, path);
    } catch (BadBytesException damage) {
      shared.onDamage().run();
      LOG.error("logs: a damaged block goes to quarantine: {}", damage.getMessage());
      quarantine(path);
    } catch (NewerVersionException | StorageException unreadable) {
      shared.onDamage().run();
      LOG.error("logs: a block is left out: {}", unreadable.getMessage());
    }
    return null;
  }

  /// Puts a file out of the way, and keeps it.
  void quarantine(Path path) {
    try {
      files.createDirectories(quarantine);
      Path parent = path.getParent();
      String name = (parent == null ? "" : parent.getFileName() + "-") + path.getFileName();
      files.rename(path, quarantine.resolve(name));
      files.syncDirectory(quarantine);
    } catch (StorageException failure) {
      LOG.error("logs: cannot put {} into quarantine: {}", path, failure.getMessage());
    }
  }

  /// Writes the lines of one day that leave memory.
  ///
  /// @param parts sorted by labels
  /// @return null if there are none
  @Nullable Block write(long day, List<? extends StreamPart> parts, BlockSummary numbers) {
    return write(day, parts, numbers, new Replacement(List.of(), 0, _ -> true));
  }

  /// What a block comes in the place of.
  ///
  /// @param names of files
  /// @param isWhole whether a number of rows is as it must be, asked before anything is replaced
  private record Replacement(List<String> names, long generation, LongPredicate isWhole) {}

  /// Writes lines of some blocks of a day anew; those stay as they are.
  ///
  /// @param parts sorted by labels
  /// @param isWhole whether a number of rows is as it must be
  /// @return null if there are none
  /// @throws BadBytesException if `isWhole` says no
  @Nullable Block rewrite(
      List<Block> olds,
      List<? extends StreamPart> parts,
      BlockSummary numbers,
      LongPredicate isWhole) {
    List<String> names = new ArrayList<>();
    for (Block old : olds) {
      names.add(nameOf(old.path()));
      // What it has replaced may still be there.
      for (String name : old.replaced()) {
        if (files.exists(old.path().resolveSibling(name))) {
          names.add(name);
        }
      }
    }
    long day = dayOf(olds.getFirst().summary().minNs());
    return write(day, parts, numbers, new Replacement(names, ++generation, isWhole));
  }

  private @Nullable Block write(
      long day, List<? extends StreamPart> parts, BlockSummary numbers, Replacement replacement) {
    Path ofDay = directory.resolve(LocalDate.ofEpochDay(day).toString());
    files.createDirectories(ofDay);
    String name =
        new BlockName(numbers.firstSequence(), numbers.endSequence(), replacement.generation)
            .toString();
    Path fresh = ofDay.resolve(name + UNFINISHED);
    Span span = new Span(day * DAY_NS, (day + 1) * DAY_NS, Direction.FORWARD, List.of());
    files.delete(fresh);
    try {
      long rows = BlockWriter.write(files, fresh, parts, span, numbers, replacement.names);
      if (!replacement.isWhole.test(rows)) {
        throw new BadBytesException("some of the lines cannot be read");
      }
      if (rows == 0) {
        files.delete(fresh);
        return null;
      }
      files.rename(fresh, ofDay.resolve(name));
      files.syncDirectory(ofDay);
    } catch (StorageException | BadBytesException failure) {
      deleteQuietly(fresh);
      throw failure;
    }
    return Block.open(shared, ofDay.resolve(name));
  }

  private void deleteQuietly(Path path) {
    try {
      files.delete(path);
    } catch (StorageException failure) {
      LOG.warn("logs: {}", failure.getMessage());
    }
  }

  /// Returns when a power cut would not bring it back.
  void delete(Block block) {
    files.delete(block.path());
    Path day = block.path().getParent();
    if (day == null) {
      return;
    }
    if (files.list(day).isEmpty()) {
      files.delete(day);
      files.syncDirectory(directory);
    } else {
      files.syncDirectory(day);
    }
  }

  /// How much room the disk has.
  FileSystem.Space space() {
    return files.space(directory);
  }
}
