package dev.sightline.predictions.part;

import dev.sightline.predictions.column.ColumnFileWriter;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.StorageException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The column file of a part while someone walks over its rows. What the disk refuses costs the
/// columns, which can be made later, and never the rows. Owned by one thread.
final class ColumnsBeside implements AutoCloseable {
  private final FileSystem files;
  private final OpenFiles open;
  private final Path path;
  private final Path fresh;
  private @Nullable ColumnFileWriter writer;
  private @Nullable StorageException failure;

  ColumnsBeside(PartDirectory directory, OpenFiles open, int number) {
    this.files = directory.files();
    this.open = open;
    this.path = directory.file(number, PartDirectory.COLUMNS);
    this.fresh = path.resolveSibling(path.getFileName() + ".tmp");
    attempt(
        () -> {
          files.delete(fresh);
          writer = new ColumnFileWriter(files, fresh, number);
        });
  }

  void add(StoredRow row, long idHash) {
    ColumnFileWriter present = writer;
    if (present != null) {
      attempt(() -> present.add(row.place().timeMs(), row.record(), idHash, row.truths()));
    }
  }

  /// Makes the file safe, and gives it its name, which is not safe yet.
  void finish() {
    ColumnFileWriter present = writer;
    if (present != null) {
      attempt(
          () -> {
            present.finish();
            close();
            files.rename(fresh, path);
            open.drop(path);
          });
    }
  }

  /// What went wrong, if anything did.
  @Nullable StorageException failure() {
    return failure;
  }

  private void attempt(Runnable work) {
    try {
      work.run();
    } catch (StorageException refused) {
      failure = refused;
      close();
    }
  }

  /// Leaves a file without a name behind where [#finish] was not reached; the next start deletes
  /// it.
  @Override
  public void close() {
    ColumnFileWriter present = writer;
    writer = null;
    if (present != null) {
      present.close();
    }
  }
}
