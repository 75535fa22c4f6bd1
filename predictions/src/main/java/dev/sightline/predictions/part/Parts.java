package dev.sightline.predictions.part;

import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.failpoint.Failpoints;
import dev.sightline.storage.fs.DiskFileSystem;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.OpenFile;
import dev.sightline.storage.fs.StorageException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes, opens, mends and deletes the files of parts.
///
/// @param filterBytes how much memory the filters of ids may take together
public record Parts(PartDirectory directory, OpenFiles open, Damage damage, long filterBytes) {
  /// Writes the files of a part and makes them safe, but for their names: see [#syncNames].
  ///
  /// @param rows in order, at least one
  /// @param filterBytesTaken by the parts that are open already
  public Part write(
      int number,
      PartFacts.Origin origin,
      Iterator<StoredRow> rows,
      Packing packing,
      long filterBytesTaken) {
    FileSystem files = directory.files();
    Path path = directory.file(number, PartDirectory.ROWS);
    open.drop(path);
    open.drop(directory.file(number, PartDirectory.IDS));
    files.delete(path);
    try (RowFileWriter writer = new RowFileWriter(files, path, number, packing);
        ColumnsBeside columns = new ColumnsBeside(directory, open, number)) {
      rows.forEachRemaining(row -> columns.add(row, writer.add(row)));
      Failpoints.reach("predictions.before-rows-end");
      writer.finish(origin);
      Failpoints.reach("predictions.after-rows");
      columns.finish();
      writeIndex(number, writer.entries());
    }
    Failpoints.reach("predictions.after-ids");
    return open(number, filterBytesTaken);
  }

  /// Makes the names of what was written safe.
  public void syncNames() {
    directory.files().syncDirectory(directory.path());
  }

  /// @param filterBytesTaken by the parts that are open already
  /// @throws BadBytesException if the row file is damaged at its end
  /// @throws StorageException if it cannot be read
  public Part open(int number, long filterBytesTaken) {
    RowFileFooter footer =
        open.with(directory.file(number, PartDirectory.ROWS), RowFileFooter::read);
    if (footer.facts().number() != number) {
      throw new BadBytesException("the row file of part " + footer.facts().number());
    }
    int words = IdFilter.words(footer.facts().rows());
    boolean withFilter = filterBytesTaken + (long) words * Long.BYTES <= filterBytes;
    return new Part(directory, open, damage, footer, openIndex(number, footer, withFilter));
  }

  /// A part of which only the rows are read; its index is left alone.
  public record RowsOnly(Part part, OpenFiles open) implements AutoCloseable {
    @Override
    public void close() {
      open.close();
    }
  }

  /// Opens a row file for another process than the one that writes it.
  ///
  /// @throws BadBytesException if it is damaged, at once or when rows are read
  public static RowsOnly rowsOnly(Path rowFile) {
    FileSystem files = new DiskFileSystem();
    OpenFiles open = new OpenFiles(files, 1);
    RowFileFooter footer = open.with(rowFile, RowFileFooter::read);
    Damage damage =
        (_, what) -> {
          throw new BadBytesException(what);
        };
    Path directory = Objects.requireNonNull(rowFile.getParent());
    Part part = new Part(new PartDirectory(files, directory), open, damage, footer, null);
    return new RowsOnly(part, open);
  }

  /// Writes a row file for [#rowsOnly], which is no part.
  ///
  /// @param rowFile by the name of one; see [PartDirectory]
  /// @param rows in order, at least one
  public static void writeRowsOnly(FileSystem files, Path rowFile, Iterator<StoredRow> rows) {
    int number = PartDirectory.number(rowFile);
    try (RowFileWriter writer = new RowFileWriter(files, rowFile, number, Packing.FAST)) {
      rows.forEachRemaining(writer::add);
      writer.finish(new PartFacts.Origin("", 0));
    }
  }

  private @Nullable IdFilter openIndex(int number, RowFileFooter footer, boolean withFilter) {
    Path path = directory.file(number, PartDirectory.IDS);
    int rows = footer.facts().rows();
    try {
      return open.<@Nullable IdFilter>with(path, file -> IdIndex.open(file, rows, withFilter));
    } catch (BadBytesException | StorageException bad) {
      damage.found(path, "an id index, which is made anew: " + bad.getMessage());
      rebuildIndex(new Part(directory, open, damage, footer, null));
      return open.<@Nullable IdFilter>with(path, file -> IdIndex.open(file, rows, withFilter));
    }
  }

  /// Makes the id index of a part anew from its rows.
  public void rebuildIndex(Part part) {
    PartEntries entries = new PartEntries();
    for (int block = 0; block < part.blocks().count(); block++) {
      List<StoredRow> rows = part.read(block);
      for (StoredRow row : rows) {
        entries.add(RowFileWriter.hash(row), row.truths() != null);
      }
      for (int lost = rows.size(); lost < part.blocks().rows(block); lost++) {
        entries.add(0, false); // rows that cannot be read keep their places, and are not found
      }
    }
    int number = part.facts().number();
    Path path = directory.file(number, PartDirectory.IDS);
    open.drop(path);
    writeIndex(number, entries);
    syncNames();
    part.indexRebuilt();
  }

  /// Makes the columns of a part anew from its rows; leaves them out where a row cannot be read.
  ///
  /// @throws StorageException if the disk refuses
  public void rebuildColumns(Part part) {
    try (ColumnsBeside columns = new ColumnsBeside(directory, open, part.facts().number())) {
      for (int block = 0; block < part.blocks().count() && !part.isDamaged(); block++) {
        for (StoredRow row : part.read(block)) {
          columns.add(row, RowFileWriter.hash(row));
        }
      }
      if (!part.isDamaged()) {
        columns.finish();
      }
      StorageException failure = columns.failure();
      if (failure != null) {
        throw failure;
      }
    }
    syncNames();
    part.columnsRebuilt();
  }

  private void writeIndex(int number, PartEntries entries) {
    FileSystem files = directory.files();
    Path path = directory.file(number, PartDirectory.IDS);
    Path fresh = path.resolveSibling(path.getFileName() + ".tmp");
    files.delete(fresh);
    IdIndexWriter.write(files, fresh, entries);
    files.rename(fresh, path);
  }

  /// Writes a new part of what can still be read of a row file whose end is damaged.
  ///
  /// @return null if nothing can be read
  public @Nullable Part salvage(int number, int freshNumber, long filterBytesTaken) {
    Path path = directory.file(number, PartDirectory.ROWS);
    try (OpenFile file = directory.files().openForReading(path)) {
      Salvage salvage = new Salvage(file);
      Iterator<StoredRow> rows = salvage.rows();
      if (!rows.hasNext()) {
        return null;
      }
      PartFacts.Origin origin = new PartFacts.Origin(salvage.model(), salvage.day());
      return write(freshNumber, origin, rows, Packing.SMALL, filterBytesTaken);
    }
  }

  /// Deletes all files of a part. The row file goes last: what is left of a part is still whole.
  public void delete(int number) {
    for (String kind :
        List.of(
            PartDirectory.PARQUET, PartDirectory.COLUMNS, PartDirectory.IDS, PartDirectory.ROWS)) {
      Path path = directory.file(number, kind);
      open.drop(path);
      directory.files().delete(path);
    }
  }
}
