package dev.sightline.wire.csv;

import dev.sightline.wire.table.BadTableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Reads the rows of a table, cell by cell, each byte once: a cell that looks like a number is one
/// by the time its end is found.
final class CsvRows {
  /// pandas's list of words for "no value".
  private static final Set<String> NO_VALUE =
      Set.of(
          "#N/A",
          "#N/A N/A",
          "#NA",
          "-1.#IND",
          "-1.#QNAN",
          "-NaN",
          "-nan",
          "1.#IND",
          "1.#QNAN",
          "<NA>",
          "N/A",
          "NA",
          "NULL",
          "NaN",
          "None",
          "n/a",
          "nan",
          "null");

  private static final int LONGEST_NO_VALUE = 8;
  private static final int MOST_DIGITS = 18;
  private static final int LONGEST_NUMBER = 400;

  private final CsvInput input;
  private final byte separator;
  private final CsvColumn[] columns;
  private byte[] window;
  private int at;
  private long line = 2;
  private int column;

  CsvRows(CsvInput input, byte separator, CsvColumn[] columns) {
    this.input = input;
    this.separator = separator;
    this.columns = columns;
    this.window = input.window();
    this.at = input.start();
  }

  /// @return how many rows there were
  long read() throws IOException {
    long rows = 0;
    while (atLine()) {
      for (column = 0; column < columns.length; column++) {
        cell(column == columns.length - 1);
      }
      rows++;
      line++;
    }
    return rows;
  }

  /// Passes empty lines by.
  ///
  /// @return false at the end
  private boolean atLine() throws IOException {
    while (true) {
      if (at >= input.end() && !more(at)) {
        return false;
      }
      byte first = window[at];
      if (first != '\n' && first != '\r') {
        return true;
      }
      line += first == '\n' ? 1 : 0;
      at++;
    }
  }

  private void cell(boolean lastOfRow) throws IOException {
    CsvColumn into = columns[column];
    if (into.takesNumbers() && number(into, lastOfRow)) {
      return;
    }
    if (at >= input.end() && !more(at)) {
      // Only behind a separator at the very end.
      throw tooFew();
    }
    if (window[at] == '"') {
      quoted(into, lastOfRow);
    } else {
      plain(into, lastOfRow);
    }
  }

  /// Reads a plain decimal number whose end lies in the window.
  ///
  /// @return false, and nothing is read, if it is anything else
  private boolean number(CsvColumn into, boolean lastOfRow) {
    byte[] bytes = window;
    int place = at;
    boolean negative = bytes[place] == '-';
    place += negative ? 1 : 0;
    int first = place;
    long digits = 0;
    int digit = bytes[place] - '0';
    while (digit >= 0 && digit <= 9) {
      digits = digits * 10 + digit;
      digit = bytes[++place] - '0';
    }
    int count = place - first;
    int power = 0;
    if (bytes[place] == '.') {
      int point = ++place;
      digit = bytes[place] - '0';
      while (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
        digit = bytes[++place] - '0';
      }
      power = point - place;
      count -= power;
    }
    byte end = bytes[place];
    if (end == '\r' && bytes[place + 1] == '\n') {
      end = bytes[++place];
    }
    if (end != (lastOfRow ? '\n' : separator) || count == 0) {
      return false;
    }
    if (count > MOST_DIGITS && count - zeros(bytes, first) > MOST_DIGITS) {
      return false;
    }
    double value = DecimalText.of(digits, power);
    if (Double.isNaN(value)) {
      return false;
    }
    into.number(negative ? -value : value);
    at = place + 1;
    return true;
  }

  /// Zeros before the first other digit.
  private static int zeros(byte[] bytes, int first) {
    int zeros = 0;
    for (int place = first; bytes[place] == '0' || bytes[place] == '.'; place++) {
      zeros += bytes[place] == '0' ? 1 : 0;
    }
    return zeros;
  }

  private void plain(CsvColumn into, boolean lastOfRow) throws IOException {
    int place = at;
    while (true) {
      byte[] bytes = window;
      int end = input.end();
      while (place < end && bytes[place] != separator && bytes[place] != '\n') {
        place++;
      }
      if (place < end) {
        break;
      }
      int length = place - at;
      if (!more(at)) {
        throw tooFew();
      }
      place = at + length;
    }
    int length = place - at;
    boolean lineEnds = window[place] == '\n';
    length -= lineEnds && length > 0 && window[place - 1] == '\r' ? 1 : 0;
    value(into, window, at, length);
    at = place + 1;
    ended(lineEnds, lastOfRow);
  }

  /// Two quotes are one; what stands between the closing quote and the separator is kept as it is.
  private void quoted(CsvColumn into, boolean lastOfRow) throws IOException {
    long firstLine = line;
    int place = at + 1;
    boolean inside = true;
    boolean doubled = false;
    while (true) {
      if (place >= input.end()) {
        int length = place - at;
        if (!more(at)) {
          throw new BadTableException(
              input.name()
                  + ", line "
                  + firstLine
                  + ": the quote of "
                  + cellName()
                  + " is never closed");
        }
        place = at + length;
        continue;
      }
      byte each = window[place];
      if (inside && each == '"' && window[place + 1] == '"') {
        doubled = true;
        place += 2;
        continue;
      }
      if (inside && each == '"' && place + 1 == input.end() && !input.isLast()) {
        int length = place - at;
        more(at);
        place = at + length;
        continue;
      }
      if (each == '"') {
        inside = !inside;
      } else if (inside && each == '\n') {
        line++;
      } else if (!inside && (each == separator || each == '\n')) {
        break;
      }
      place++;
    }
    unquoted(into, place, doubled);
    boolean lineEnds = window[place] == '\n';
    at = place + 1;
    ended(lineEnds, lastOfRow);
  }

  private void unquoted(CsvColumn into, int end, boolean doubled) {
    int from = at + 1;
    int to = end;
    while (to > from && window[to - 1] != '"') {
      to--;
    }
    to = Math.max(from, to - 1);
    if (!doubled) {
      value(into, window, from, to - from);
      return;
    }
    byte[] text = new byte[to - from];
    int length = 0;
    for (int place = from; place < to; place++) {
      text[length++] = window[place];
      place += window[place] == '"' && place + 1 < to && window[place + 1] == '"' ? 1 : 0;
    }
    value(into, text, 0, length);
  }

  private void value(CsvColumn into, byte[] bytes, int from, int length) {
    if (!into.isWanted()) {
      return;
    }
    if (length == 0 || isNoValue(bytes, from, length)) {
      into.missing();
      return;
    }
    if (into.takesNumbers() && length <= LONGEST_NUMBER) {
      double number = NumberWord.of(new String(bytes, from, length, StandardCharsets.UTF_8));
      if (!Double.isNaN(number)) {
        into.number(number);
        return;
      }
    }
    into.text(bytes, from, length);
  }

  private static boolean isNoValue(byte[] bytes, int from, int length) {
    byte first = bytes[from];
    boolean possible =
        first == 'N'
            || first == 'n'
            || first == '#'
            || first == '<'
            || first == '-'
            || first == '1';
    return possible
        && length <= LONGEST_NO_VALUE
        && NO_VALUE.contains(new String(bytes, from, length, StandardCharsets.UTF_8));
  }

  private void ended(boolean lineEnds, boolean lastOfRow) {
    if (lineEnds && !lastOfRow) {
      throw tooFew();
    }
    if (!lineEnds && lastOfRow) {
      throw new BadTableException(
          input.name()
              + ", line "
              + line
              + ": more values than the "
              + columns.length
              + " that the first line names");
    }
  }

  private BadTableException tooFew() {
    return new BadTableException(
        input.name()
            + ", line "
            + line
            + ": "
            + (column + 1)
            + " values; the first line names "
            + columns.length);
  }

  private String cellName() {
    return "value " + (column + 1);
  }

  /// @return false at the end of the file
  private boolean more(int kept) throws IOException {
    if (input.isLast()) {
      return false;
    }
    input.more(kept, line);
    window = input.window();
    at = 0;
    return input.end() > 0;
  }
}
