package dev.sightline.predictions.part;

import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.OpenFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Files that stay open for reading between uses, up to a number; those used longest ago are closed
/// first. Safe for any number of threads.
public final class OpenFiles implements AutoCloseable {
  private final FileSystem files;
  private final int limit;

  // guarded by this; in the order of use
  private final Map<Path, Shared> open = new LinkedHashMap<>(16, 0.75f, true);

  private static final class Shared {
    private final OpenFile file;
    private int users;
    private boolean dropped;

    Shared(OpenFile file) {
      this.file = file;
    }
  }

  /// @param limit how many stay open while nobody uses them
  public OpenFiles(FileSystem files, int limit) {
    this.files = files;
    this.limit = limit;
  }

  /// Works with an open file, which must not be kept.
  <T extends @Nullable Object> T with(Path path, Function<OpenFile, T> work) {
    Shared shared = acquire(path);
    try {
      return work.apply(shared.file);
    } finally {
      release(shared);
    }
  }

  /// Closes a file that is about to be deleted, or as soon as nobody uses it.
  public synchronized void drop(Path path) {
    Shared shared = open.remove(path);
    if (shared != null) {
      shared.dropped = true;
      closeIfUnused(shared);
    }
  }

  @Override
  public synchronized void close() {
    List<Path> all = new ArrayList<>(open.keySet());
    all.forEach(this::drop);
  }

  private Shared acquire(Path path) {
    synchronized (this) {
      Shared present = open.get(path);
      if (present != null) {
        present.users++;
        return present;
      }
    }
    OpenFile fresh = files.openForReading(path);
    synchronized (this) {
      Shared raced = open.get(path);
      if (raced != null) {
        fresh.close();
        raced.users++;
        return raced;
      }
      Shared shared = new Shared(fresh);
      shared.users = 1;
      open.put(path, shared);
      closeOldest();
      return shared;
    }
  }

  private synchronized void release(Shared shared) {
    shared.users--;
    if (shared.dropped) {
      closeIfUnused(shared);
    }
  }

  private void closeOldest() {
    Iterator<Shared> oldest = open.values().iterator();
    while (open.size() > limit && oldest.hasNext()) {
      Shared shared = oldest.next();
      if (shared.users == 0) {
        oldest.remove();
        shared.file.close();
      }
    }
  }

  private static void closeIfUnused(Shared shared) {
    if (shared.users == 0) {
      shared.file.close();
    }
  }
}
