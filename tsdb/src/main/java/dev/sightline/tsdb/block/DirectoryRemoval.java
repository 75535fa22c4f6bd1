package dev.sightline.tsdb.block;

import dev.sightline.model.time.Ulid;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.StorageException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes directories with everything in them.
public record DirectoryRemoval(FileSystem files) {
  static final String DELETED = ".tmp-for-deletion";

  private static final Logger LOG = LoggerFactory.getLogger(DirectoryRemoval.class);

  /// Deletes in one step as far as a crash is concerned: what is left of it is swept at the next
  /// start.
  ///
  /// @param name of the directory in `parent`; a call that failed can be repeated
  public void remove(Path parent, String name) {
    Path deleted = parent.resolve(name + DELETED);
    if (files.exists(parent.resolve(name))) {
      files.rename(parent.resolve(name), deleted);
    }
    files.syncDirectory(parent);
    deleteTree(deleted);
  }

  /// Deletes what earlier runs left unfinished.
  public void sweep(Path parent) {
    for (Path path : files.list(parent)) {
      String name = path.getFileName().toString();
      if (name.endsWith(BlockWriter.UNFINISHED)
          || name.endsWith(DELETED)
          || isOldUnfinished(name)) {
        try {
          deleteTree(path);
        } catch (StorageException failure) {
          LOG.warn("cannot delete the unfinished {}", path, failure);
        }
      }
    }
  }

  private static boolean isOldUnfinished(String name) {
    return name.endsWith(".tmp")
        && (Ulid.isUlid(name.substring(0, name.length() - 4)) || name.startsWith("checkpoint."));
  }

  public void deleteTree(Path path) {
    List<Path> within = files.list(path);
    within.forEach(this::deleteTree);
    files.delete(path);
  }
}
