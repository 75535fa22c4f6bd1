package dev.sightline.quality.baseline;

import dev.sightline.wire.csv.CsvException;
import dev.sightline.wire.csv.CsvReader;
import dev.sightline.wire.csv.CsvReader.Line;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a file of comma-separated text (RFC 4180) into memory; its first line names the columns.
public final class CsvTable {
  private CsvTable() {}

  /// @param file in UTF-8; what reading it throws is passed on
  /// @throws IllegalArgumentException in the user's words, with the line
  public static FileTable read(InputStream file) {
    try {
      CsvReader lines = new CsvReader(file);
      Map<String, CsvColumn> columns = columns(lines.next(), FileRoom.usual());
      List<CsvColumn> inOrder = List.copyOf(columns.values());
      int rows = 0;
      for (Line line = lines.next(); line != null; line = lines.next()) {
        add(line, inOrder);
        rows++;
      }
      return new FileTable(new LinkedHashMap<>(columns), rows);
    } catch (CsvException damaged) {
      throw new IllegalArgumentException(damaged.getMessage(), damaged);
    }
  }

  private static Map<String, CsvColumn> columns(@Nullable Line header, FileRoom room) {
    if (header == null) {
      throw new IllegalArgumentException("line 1: there are no names of columns");
    }
    List<String> names = cells(header);
    if (names.size() > FileTable.MOST_COLUMNS) {
      throw fault(
          header, "there are " + names.size() + " columns, at most " + FileTable.MOST_COLUMNS);
    }
    Map<String, CsvColumn> columns = new LinkedHashMap<>();
    for (String name : names) {
      if (name.isBlank() || columns.put(name.strip(), new CsvColumn(room)) != null) {
        throw fault(header, "column \"" + name.strip() + "\" is there twice or empty");
      }
    }
    return columns;
  }

  private static void add(Line line, List<CsvColumn> columns) {
    List<String> cells = cells(line);
    if (cells.size() != columns.size()) {
      throw fault(line, "there are " + cells.size() + " cells, and " + columns.size() + " columns");
    }
    for (int column = 0; column < cells.size(); column++) {
      columns.get(column).add(cells.get(column).strip());
    }
  }

  private static List<String> cells(Line line) {
    String problem = line.problem();
    if (problem != null) {
      throw fault(line, problem);
    }
    return line.cells();
  }

  private static IllegalArgumentException fault(Line line, String what) {
    return new IllegalArgumentException("line " + line.line() + ": " + what);
  }
}
