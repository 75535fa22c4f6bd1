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
import java.util.List;
import java.util.Locale;
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
  private static final String SUFFIX = ".block";
  private static final String UNFINISHED = ".tmp";

  private final Block.Shared shared;
  private final FileSystem files;
  private final Path directory;
  private final Path quarantine;

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
      for (Path path : files.list(day)) {
        String name = String.valueOf(path.getFileName());
        if (name.endsWith(SUFFIX + UNFINISHED)) {
          files.delete(path);
        } else if (name.endsWith(SUFFIX)) {
          Block block = open(path);
          if (block != null) {
            blocks.add(block);
          }
        }
      }
    }
    return blocks;
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

  /// Writes the lines of one day.
  ///
  /// @param parts sorted by labels
  /// @return null if there are none
  @Nullable Block write(long day, List<StreamPart> parts, BlockSummary numbers) {
    Path ofDay = directory.resolve(LocalDate.ofEpochDay(day).toString());
    files.createDirectories(ofDay);
    String name =
        String.format(
            Locale.ROOT, "%016x-%016x%s", numbers.firstSequence(), numbers.endSequence(), SUFFIX);
    Path fresh = ofDay.resolve(name + UNFINISHED);
    Span span = new Span(day * DAY_NS, (day + 1) * DAY_NS, Direction.FORWARD, List.of());
    files.delete(fresh);
    try {
      if (!BlockWriter.write(files, fresh, parts, span, numbers, List.of())) {
        files.delete(fresh);
        return null;
      }
      files.rename(fresh, ofDay.resolve(name));
      files.syncDirectory(ofDay);
    } catch (StorageException failure) {
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

  void delete(Block block) {
    files.delete(block.path());
    Path day = block.path().getParent();
    if (day != null && files.list(day).isEmpty()) {
      files.delete(day);
    }
  }
}
