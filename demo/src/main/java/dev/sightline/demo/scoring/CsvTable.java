package dev.sightline.demo.scoring;

import java.util.ArrayList;
import java.util.List;

/// Comma-separated values as RFC 4180 has them, with a line of column names first.
///
/// @param rows each as long as `columns`; a shorter line is filled up with empty values
record CsvTable(List<String> columns, List<List<String>> rows) {
  static CsvTable parse(String text) {
    List<List<String>> lines = new Reader(text).lines();
    if (lines.isEmpty()) {
      throw new ScoringException(
          ErrorCode.BAD_REQUEST, "The CSV is empty: its first line must name the columns.");
    }
    List<String> columns = lines.removeFirst();
    for (int row = 0; row < lines.size(); row++) {
      List<String> line = lines.get(row);
      if (line.size() > columns.size()) {
        throw new ScoringException(
            ErrorCode.BAD_REQUEST,
            "Row %d of the CSV has %d values for %d columns."
                .formatted(row + 1, line.size(), columns.size()));
      }
      while (line.size() < columns.size()) {
        line.add("");
      }
    }
    return new CsvTable(columns, lines);
  }

  /// Splits the text at commas and line ends outside of quotes; blank lines are left out.
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    List<List<String>> lines() {
      List<List<String>> lines = new ArrayList<>();
      while (at < text.length()) {
        List<String> line = line();
        if (line.size() > 1 || !line.getFirst().isEmpty()) {
          lines.add(line);
        }
      }
      return lines;
    }

    private List<String> line() {
      List<String> values = new ArrayList<>();
      do {
        values.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
      } while (at < text.length() && text.charAt(at++) == ',');
      if (at < text.length() && text.charAt(at - 1) == '\r' && text.charAt(at) == '\n') {
        at++;
      }
      return values;
    }

    private String plain() {
      int start = at;
      while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(start, at);
    }

    private String quoted() {
      int start = at++;
      StringBuilder value = new StringBuilder();
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c != '"') {
          value.append(c);
        } else if (at < text.length() && text.charAt(at) == '"') {
          value.append(text.charAt(at++));
        } else {
          return value.append(plain()).toString();
        }
      }
      throw new ScoringException(
          ErrorCode.BAD_REQUEST,
          "A quoted value of the CSV has no end; it starts at character " + (start + 1) + ".");
    }
  }
}
