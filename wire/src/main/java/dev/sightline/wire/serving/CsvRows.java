package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Reads comma-separated text with a line of names (RFC 4180) as pandas does on the server's side.
///
/// A column all of whose cells are numbers is one of numbers, one of `True` and `False` one of
/// flags, any other one of texts. An empty cell and pandas's words for it are missing values.
final class CsvRows {
  private static final Set<String> MISSING =
      Set.of("", "NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "None", "<NA>", "#N/A", "-nan");

  // No two quantifiers can match the same characters: linear for any input.
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?|[+-]?[iI]nf(?:inity)?");

  private static final int MAX_NUMBER_LENGTH = 100;

  private final String text;
  private int position;

  private CsvRows(String text) {
    this.text = text;
  }

  static List<Map<String, Datum>> read(byte[] csv) {
    String text = new String(csv, StandardCharsets.UTF_8);
    List<List<String>> lines =
        new CsvRows(text.startsWith("\uFEFF") ? text.substring(1) : text).lines();
    if (lines.isEmpty()) {
      throw new PayloadException("the body is empty; expected CSV with a line of names");
    }
    List<String> names = lines.getFirst();
    List<List<String>> cells = lines.subList(1, lines.size());
    for (int i = 0; i < cells.size(); i++) {
      if (cells.get(i).size() != names.size()) {
        throw new PayloadException(
            "CSV row %d has %d cells for %d columns"
                .formatted(i + 1, cells.get(i).size(), names.size()));
      }
    }
    List<ColumnType> types = new ArrayList<>(names.size());
    for (int column = 0; column < names.size(); column++) {
      types.add(ColumnType.of(cells, column));
    }
    return cells.stream().map(row -> RequestRows.byName(names, values(row, types))).toList();
  }

  private static List<Datum> values(List<String> row, List<ColumnType> types) {
    List<Datum> values = new ArrayList<>(row.size());
    for (int i = 0; i < row.size(); i++) {
      values.add(
          MISSING.contains(row.get(i)) ? new Datum.Missing() : types.get(i).value(row.get(i)));
    }
    return values;
  }

  private enum ColumnType {
    NUMBERS,
    FLAGS,
    TEXTS;

    static ColumnType of(List<List<String>> rows, int column) {
      if (all(rows, column, ColumnType::isNumber)) {
        return NUMBERS;
      }
      return all(rows, column, ColumnType::isFlag) ? FLAGS : TEXTS;
    }

    private static boolean all(List<List<String>> rows, int column, Predicate<String> test) {
      for (List<String> row : rows) {
        String cell = row.get(column);
        if (!MISSING.contains(cell) && !test.test(cell)) {
          return false;
        }
      }
      return true;
    }

    private static boolean isNumber(String cell) {
      return cell.length() <= MAX_NUMBER_LENGTH && NUMBER.matcher(cell.strip()).matches();
    }

    private static boolean isFlag(String cell) {
      return cell.equalsIgnoreCase("true") || cell.equalsIgnoreCase("false");
    }

    Datum value(String cell) {
      return switch (this) {
        case NUMBERS -> new Datum.Amount(number(cell.strip()));
        case FLAGS -> new Datum.Flag(Boolean.parseBoolean(cell));
        case TEXTS -> new Datum.Text(cell);
      };
    }

    private static double number(String cell) {
      if (cell.indexOf('n') < 0) {
        return Double.parseDouble(cell);
      }
      return cell.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
  }

  private List<List<String>> lines() {
    List<List<String>> lines = new ArrayList<>();
    while (position < text.length()) {
      List<String> line = line();
      boolean blank = line.size() == 1 && line.getFirst().isEmpty();
      if (!blank) {
        lines.add(line);
      }
      if (lines.size() > ScoringRequest.MAX_ROWS + 1) {
        throw new PayloadException(
            "more than " + ScoringRequest.MAX_ROWS + " rows of CSV in one call");
      }
    }
    return lines;
  }

  private List<String> line() {
    List<String> cells = new ArrayList<>();
    while (true) {
      cells.add(atQuote() ? quoted() : plain());
      if (position >= text.length()) {
        return cells;
      }
      char end = text.charAt(position++);
      if (end == ',') {
        if (position == text.length()) {
          cells.add("");
          return cells;
        }
      } else {
        if (end == '\r' && position < text.length() && text.charAt(position) == '\n') {
          position++;
        }
        return cells;
      }
    }
  }

  private boolean atQuote() {
    return position < text.length() && text.charAt(position) == '"';
  }

  private String plain() {
    int start = position;
    while (position < text.length() && !isCellEnd(text.charAt(position))) {
      position++;
    }
    return text.substring(start, position);
  }

  private String quoted() {
    int start = position;
    StringBuilder cell = new StringBuilder();
    position++;
    while (true) {
      int quote = text.indexOf('"', position);
      if (quote < 0) {
        throw new PayloadException("the CSV ends within the quoted cell at character " + start);
      }
      cell.append(text, position, quote);
      position = quote + 1;
      if (!atQuote()) {
        break;
      }
      cell.append('"');
      position++;
    }
    if (position < text.length() && !isCellEnd(text.charAt(position))) {
      throw new PayloadException("text after the quoted cell of the CSV at character " + position);
    }
    return cell.toString();
  }

  private static boolean isCellEnd(char character) {
    return character == ',' || character == '\n' || character == '\r';
  }
}
