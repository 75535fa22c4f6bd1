package dev.sightline.tsdb.block;

import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.StorageException;
import java.nio.file.Path;
import java.util.List;

/// How many bytes the files of a directory have, those of its directories included.
public final class DirectorySize {
  private DirectorySize() {}

  /// What goes away meanwhile counts as nothing.
  public static long of(FileSystem files, Path path) {
    List<Path> within = files.list(path);
    if (!within.isEmpty()) {
      return within.stream().mapToLong(one -> of(files, one)).sum();
    }
    try {
      return files.sizeBytes(path);
    } catch (StorageException _) {
      return 0; // a directory without files, or a file that has gone
    }
  }
}
