package dev.sightline.logstore;

import dev.sightline.logstore.block.Block;
import dev.sightline.logstore.block.BlockSummary;
import dev.sightline.logstore.head.Head;
import dev.sightline.logstore.merge.StreamPart;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.StorageException;
import dev.sightline.storage.wal.WriteAheadLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the head to blocks, and then lets go of it and of its log files.
///
/// What fails is tried again by the next call: a day that has its block already is not written
/// twice.
final class Cutter {
  /*
   * Nothing is lost and nothing comes twice, wherever this is interrupted:
   * 1. The log goes on in a new file. Files below it hold no line of the next head.
   * 2. The head is frozen and another takes its place, in one step for readers and writers.
   * 3. Each day gets its block: written under another name, synced, renamed, directory synced.
   * 4. Readers see the blocks instead of the frozen head, in one step.
   * 5. The log files below the new one are deleted.
   * After a crash between 3 and 5 the log holds lines that are in blocks. They are left out by
   * their numbers: a block says which numbers of its day are in it or in older ones.
   */
  private static final Logger LOG = LoggerFactory.getLogger(Cutter.class);

  private final FileSystem files;
  private final Path logDirectory;
  private final BlockDirectory blocks;
  private final WriteAheadLog log;
  private final PartsHolder parts;

  // guarded by this
  private final Set<Integer> damagedFiles;
  private final Map<Long, Block> written = new TreeMap<>();
  private int firstFileToKeep;
  private boolean logIsDue;
  private long frozenMs;
  private String trouble = "";

  /// @param damagedFiles of the log, which must not be deleted
  Cutter(
      FileSystem files,
      Path logDirectory,
      BlockDirectory blocks,
      WriteAheadLog log,
      PartsHolder parts,
      Set<Integer> damagedFiles) {
    this.files = files;
    this.logDirectory = logDirectory;
    this.blocks = blocks;
    this.log = log;
    this.parts = parts;
    this.damagedFiles = new HashSet<>(damagedFiles);
  }

  /// Why the last cut failed; empty if it did not.
  synchronized String trouble() {
    return trouble;
  }

  /// @return whether everything that was in memory before is in blocks, and nowhere else
  synchronized boolean cut(long nowMs) {
    try {
      boolean stillFrozen = parts.now().frozen() != null;
      if (!stillFrozen) {
        if (logIsDue) {
          deleteLog();
        }
        if (parts.now().active().isEmpty()) {
          return true;
        }
        firstFileToKeep = log.startFile();
        parts.freeze();
        frozenMs = nowMs;
      }
      finish(parts.now());
      trouble = "";
      return true;
    } catch (StoreUnavailableException | StorageException | BadBytesException failure) {
      trouble =
          failure instanceof StorageException disk
              ? disk.reason()
              : String.valueOf(failure.getMessage());
      LOG.error("logs: lines stay in memory and log: {}", failure.getMessage());
      return false;
    }
  }

  private void finish(Parts now) {
    Head frozen = now.frozen();
    if (frozen == null) {
      return;
    }
    List<StreamPart> all =
        new ArrayList<>(frozen.select(List.of(), Long.MIN_VALUE, Long.MAX_VALUE));
    all.sort(Comparator.comparing(StreamPart::labels));
    BlockSummary numbers =
        new BlockSummary(
            frozen.firstSequence(), now.active().firstSequence(), 0, 0, 0, 0, frozenMs);
    for (long day : frozen.days()) {
      if (!written.containsKey(day)) {
        Block block = blocks.write(day, all, numbers);
        if (block != null) {
          written.put(day, block);
        }
      }
    }
    parts.adopt(written.values());
    written.clear();
    logIsDue = true;
    deleteLog();
  }

  private void deleteLog() {
    for (int damaged : List.copyOf(damagedFiles)) {
      if (damaged < firstFileToKeep) {
        blocks.quarantine(logDirectory.resolve(String.format(Locale.ROOT, "%08d", damaged)));
        damagedFiles.remove(damaged);
      }
    }
    files.syncDirectory(logDirectory);
    log.deleteFilesBelow(firstFileToKeep);
    logIsDue = false;
  }
}
