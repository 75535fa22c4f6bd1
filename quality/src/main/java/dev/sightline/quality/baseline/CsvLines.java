package dev.sightline.quality.baseline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the lines of a CSV file cell by cell. Used by one thread.
final class CsvLines {
  private final String text;
  private int at;
  private int line;
  private int nextLine = 1;

  CsvLines(String text) {
    this.text = text;
    this.at = text.startsWith("\ufeff") ? 1 : 0;
  }

  /// The cells of the next line that is not empty; null at the end.
  ///
  /// @throws IllegalArgumentException in the user's words, with the line
  @Nullable List<String> next() {
    while (at < text.length() && isEnd(text.charAt(at))) {
      endLine();
    }
    if (at >= text.length()) {
      return null;
    }
    line = nextLine;
    List<String> cells = new ArrayList<>();
    while (true) {
      cells.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
      if (at < text.length() && text.charAt(at) == ',') {
        at++;
      } else {
        endLine();
        return cells;
      }
    }
  }

  /// Of the line that was read last, from 1; of its first where a cell has several.
  int line() {
    return line;
  }

  private static boolean isEnd(char c) {
    return c == '\n' || c == '\r';
  }

  private void endLine() {
    if (at < text.length() && text.charAt(at) == '\r') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '\n') {
      at++;
    }
    nextLine++;
  }

  private String plain() {
    int start = at;
    while (at < text.length() && text.charAt(at) != ',' && !isEnd(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at).strip();
  }

  private String quoted() {
    StringBuilder cell = new StringBuilder();
    at++;
    while (true) {
      if (at >= text.length()) {
        throw new IllegalArgumentException("line " + line + ": a quote is not closed");
      }
      char c = text.charAt(at++);
      if (c == '"') {
        if (at < text.length() && text.charAt(at) == '"') {
          at++;
        } else {
          break;
        }
      }
      nextLine += c == '\n' ? 1 : 0;
      cell.append(c);
    }
    if (at < text.length() && text.charAt(at) != ',' && !isEnd(text.charAt(at))) {
      throw new IllegalArgumentException(
          "line " + line + ": a comma must follow the quote at the end of a cell");
    }
    return cell.toString();
  }
}
