package dev.sightline.quality.offline;

import dev.sightline.wire.csv.CsvTable;
import dev.sightline.wire.parquet.ParquetTable;
import dev.sightline.wire.table.BadTableException;
import dev.sightline.wire.table.Table;
import java.io.BufferedInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/// Opens a file as a table: Parquet by its ending, else comma-separated values, also packed by
/// gzip.
public final class TableFiles {
  private TableFiles() {}

  /// @throws BadTableException if the file is not there or no table
  public static Table open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new BadTableException(path + " is no file");
    }
    String name = path.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".parquet") || name.endsWith(".pq")) {
      return ParquetTable.open(path);
    }
    boolean packed = name.endsWith(".gz");
    return new CsvTable(
        path.toString(),
        () ->
            packed
                ? new GZIPInputStream(new BufferedInputStream(Files.newInputStream(path)), 1 << 16)
                : Files.newInputStream(path));
  }
}
