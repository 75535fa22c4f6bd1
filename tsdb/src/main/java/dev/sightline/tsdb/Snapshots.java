package dev.sightline.tsdb;

import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Ulid;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.tsdb.block.Block;
import dev.sightline.tsdb.block.BlockWriter;
import dev.sightline.tsdb.block.DirectoryRemoval;
import dev.sightline.tsdb.chunk.StoredSeries;
import dev.sightline.tsdb.head.Head;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Copies of all blocks in a directory of their own, which opens as a store. A block never changes,
/// so its files are shared with the copy where the disk can do that.
final class Snapshots {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final FileSystem files;
  private final Path directory;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /// @param directory of the store; copies lie in `snapshots` within it
  Snapshots(FileSystem files, Path directory, Clock clock) {
    this.files = files;
    this.directory = directory.resolve("snapshots");
    this.clock = clock;
  }

  /// A name as Prometheus makes them: the time and a number.
  String freshName() {
    return TIME.format(Instant.ofEpochMilli(clock.nowMs()))
        + "-"
        + String.format(Locale.ROOT, "%016x", random.nextLong());
  }

  /// Returns when the copy would survive a power cut; without a trace where the disk refuses.
  ///
  /// @param head null to leave out what is not in blocks
  void make(String name, List<Block> blocks, @Nullable Head head) {
    Path unfinished = directory.resolve(name + ".tmp");
    files.createDirectories(unfinished);
    try {
      for (Block block : blocks) {
        copy(block.directory(), unfinished.resolve(block.meta().ulid()));
      }
      if (head != null && head.oldestMs() <= head.newestMs()) {
        writeHead(head, unfinished);
      }
      files.syncDirectory(unfinished);
      files.rename(unfinished, directory.resolve(name));
      files.syncDirectory(directory);
    } catch (RuntimeException failure) {
      new DirectoryRemoval(files).deleteTree(unfinished);
      throw failure;
    }
  }

  private void copy(Path from, Path to) {
    files.createDirectories(to);
    for (Path path : files.list(from)) {
      Path target = to.resolve(String.valueOf(path.getFileName()));
      if (path.endsWith("chunks")) {
        copy(path, target);
      } else {
        files.link(path, target);
      }
    }
    files.syncDirectory(to);
  }

  private void writeHead(Head head, Path into) {
    long startMs = head.oldestMs();
    long endMs = head.newestMs() + 1;
    List<StoredSeries> series = new ArrayList<>(head.select(List.of(), startMs, endMs - 1));
    series.sort(Comparator.comparing(StoredSeries::labels));
    new BlockWriter(files, into).write(Ulid.of(clock.nowMs(), random), startMs, endMs, series);
  }
}
