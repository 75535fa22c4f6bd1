package dev.sightline.wire.csv;

import dev.sightline.wire.table.BadTableException;
import dev.sightline.wire.table.Table;
import dev.sightline.wire.table.TableSinks;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Rows of comma-separated values below a line of names. A column is numbers where every value is
/// one, else texts; what counts as no value is pandas's list (`NA`, `null`, `NaN`, nothing …).
///
/// The file is read once, in memory that does not grow with it; a second time for columns that
/// began with numbers and went on with texts.
public final class CsvTable implements Table {
  private static final byte[] SEPARATORS = {',', ';', '\t', '|'};

  private final String name;
  private final Content content;
  private final byte separator;
  private final List<String> columns;

  /// Opens the bytes of a table from the start, as often as asked.
  @FunctionalInterface
  public interface Content {
    InputStream open() throws IOException;
  }

  /// @param name of the file, for messages
  /// @throws BadTableException if there is no line of names
  public CsvTable(String name, Content content) {
    this.name = name;
    this.content = content;
    try (InputStream in = content.open()) {
      CsvInput input = new CsvInput(name, in);
      byte[] header = input.firstLine();
      separator = separatorOf(header);
      columns = List.copyOf(unique(input.words(separator)));
    } catch (IOException failure) {
      throw new BadTableException(name + " cannot be read: " + failure.getMessage(), failure);
    }
    if (columns.size() > MAX_COLUMNS) {
      throw new BadTableException(
          name + " has " + columns.size() + " columns; at most " + MAX_COLUMNS + " are read");
    }
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public Map<String, String> skipped() {
    return Map.of();
  }

  @Override
  public boolean isColumnar() {
    return false;
  }

  @Override
  public long read(int[] wanted, TableSinks sinks) {
    CsvColumn[] cells = new CsvColumn[columns.size()];
    Arrays.setAll(cells, _ -> CsvColumn.unwanted());
    for (int column : wanted) {
      cells[column] = CsvColumn.undecided(sinks.of(column), batch());
    }
    long rows = pass(cells);
    boolean again = false;
    for (int column = 0; column < cells.length; column++) {
      boolean broken = cells[column].isBroken();
      cells[column] = broken ? CsvColumn.texts(sinks.of(column)) : CsvColumn.unwanted();
      again |= broken;
    }
    return again ? pass(cells) : rows;
  }

  /// Fewer of each of many columns, so that a batch of all stays in the processor's cache.
  private int batch() {
    return Math.clamp(65_536 / columns.size(), 64, 4_096);
  }

  private long pass(CsvColumn[] cells) {
    try (InputStream in = content.open()) {
      CsvInput input = new CsvInput(name, in);
      input.firstLine();
      long rows = new CsvRows(input, separator, cells).read();
      for (CsvColumn cell : cells) {
        cell.flush();
      }
      return rows;
    } catch (IOException failure) {
      throw new BadTableException(name + " cannot be read: " + failure.getMessage(), failure);
    }
  }

  /// The one that the line of names has most of, outside of quotes.
  private static byte separatorOf(byte[] header) {
    int[] counts = new int[SEPARATORS.length];
    boolean quoted = false;
    for (byte each : header) {
      quoted ^= each == '"';
      for (int kind = 0; !quoted && kind < SEPARATORS.length; kind++) {
        counts[kind] += each == SEPARATORS[kind] ? 1 : 0;
      }
    }
    int best = 0;
    for (int kind = 1; kind < counts.length; kind++) {
      best = counts[kind] > counts[best] ? kind : best;
    }
    return SEPARATORS[best];
  }

  /// As pandas: a name that was there gets `.1`, one that is empty its place.
  private static List<String> unique(List<String> names) {
    Set<String> seen = new HashSet<>();
    List<String> unique = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      String word = names.get(column);
      String wanted = word.isEmpty() ? "column " + (column + 1) : word;
      String given = wanted;
      for (int copy = 1; !seen.add(given); copy++) {
        given = wanted + "." + copy;
      }
      unique.add(given);
    }
    return unique;
  }

  @Override
  public void close() {
    // Each reading closes what it opens.
  }
}
