package dev.sightline.predictions.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One statement with all that it may read.
///
/// @param maxBytes of all values of the answer together
/// @param oldestMs older rows are not shown, Unix milliseconds
/// @param tables which the statement reads
public record SqlRequest(
    String sql,
    int maxRows,
    long maxBytes,
    Duration timeout,
    long oldestMs,
    List<SqlTable> tables) {
  public SqlRequest {
    tables = List.copyOf(tables);
  }

  /// Where the rows of one model lie.
  ///
  /// @param name of its view; null where it has none, and stands in that of all models alone
  /// @param parquet files
  /// @param rows row files of what is in no Parquet file
  /// @param truths file of frames, each an id, the truth as text, as number, and its time in Unix
  ///   milliseconds: truths that hold instead of what lies beside those rows; null if there are
  ///   none
  /// @param fresh row file of what is in no other file, with all its truths; null if there is none
  public record SqlTable(
      @Nullable String name,
      List<Path> parquet,
      List<Path> rows,
      @Nullable Path truths,
      @Nullable Path fresh) {
    public SqlTable {
      parquet = List.copyOf(parquet);
      rows = List.copyOf(rows);
    }
  }

  List<@Nullable String> toTexts() {
    List<@Nullable String> texts = new ArrayList<>();
    texts.add(sql);
    texts.add(Integer.toString(maxRows));
    texts.add(Long.toString(maxBytes));
    texts.add(Long.toString(timeout.toMillis()));
    texts.add(Long.toString(oldestMs));
    for (SqlTable table : tables) {
      texts.add(table.name);
      add(table.parquet, texts);
      add(table.rows, texts);
      texts.add(text(table.truths));
      texts.add(text(table.fresh));
    }
    return texts;
  }

  private static @Nullable String text(@Nullable Path file) {
    return file == null ? null : file.toAbsolutePath().toString();
  }

  private static void add(List<Path> files, List<@Nullable String> texts) {
    texts.add(Integer.toString(files.size()));
    files.forEach(file -> texts.add(file.toAbsolutePath().toString()));
  }

  static SqlRequest of(List<@Nullable String> texts) {
    Iterator<@Nullable String> from = texts.iterator();
    String sql = next(from);
    int maxRows = Integer.parseInt(next(from));
    long maxBytes = Long.parseLong(next(from));
    Duration timeout = Duration.ofMillis(Long.parseLong(next(from)));
    long oldestMs = Long.parseLong(next(from));
    List<SqlTable> tables = new ArrayList<>();
    while (from.hasNext()) {
      String name = from.next();
      List<Path> parquet = files(from);
      List<Path> rows = files(from);
      Path truths = path(from.next());
      Path fresh = path(from.next());
      tables.add(new SqlTable(name, parquet, rows, truths, fresh));
    }
    return new SqlRequest(sql, maxRows, maxBytes, timeout, oldestMs, tables);
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }

  private static List<Path> files(Iterator<@Nullable String> from) {
    List<Path> files = new ArrayList<>();
    for (int left = Integer.parseInt(next(from)); left > 0; left--) {
      files.add(Path.of(next(from)));
    }
    return files;
  }

  private static String next(Iterator<@Nullable String> from) {
    return Objects.requireNonNull(from.next());
  }
}
