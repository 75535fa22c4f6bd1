package dev.sightline.wire.csv;

import dev.sightline.wire.table.BadTableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The bytes of a table in a window that moves along: a cell always lies in it whole, and a line
/// feed stands behind the last one.
final class CsvInput {
  private static final int WINDOW = 1 << 20;

  /// The longest cell or line of names.
  static final int LONGEST = 16 << 20;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final String name;
  private final InputStream in;
  private byte[] window = new byte[WINDOW + 1];
  private int end;
  private boolean last;
  private int start;
  private byte[] header = new byte[0];

  CsvInput(String name, InputStream in) throws IOException {
    this.name = name;
    this.in = in;
    fill(0, (byte) '\n');
    start = Arrays.equals(window, 0, Math.min(3, end), BYTE_ORDER_MARK, 0, 3) ? 3 : 0;
  }

  String name() {
    return name;
  }

  byte[] window() {
    return window;
  }

  /// Behind the last byte of the window, where a 0 or, at the end of the file, a line feed stands.
  int end() {
    return end;
  }

  boolean isLast() {
    return last;
  }

  /// Where the rows begin.
  int start() {
    return start;
  }

  /// Moves what lies from `kept` on to the front of the window and reads more behind it.
  void more(int kept, long line) throws IOException {
    int rest = end - kept;
    if (kept == 0 && rest >= window.length - 1) {
      if (rest >= LONGEST) {
        throw new BadTableException(
            name
                + ", line "
                + line
                + ": a value of more than "
                + LONGEST
                + " bytes; is a quote open?");
      }
      window = Arrays.copyOf(window, 2 * window.length);
    }
    byte before = window[end - 1];
    System.arraycopy(window, kept, window, 0, rest);
    fill(rest, before);
  }

  private void fill(int from, byte before) throws IOException {
    int read = in.readNBytes(window, from, window.length - 1 - from);
    end = from + read;
    last = end < window.length - 1;
    byte newest = end > 0 ? window[end - 1] : before;
    if (last && newest != '\n') {
      window[end++] = '\n';
    }
    window[end] = 0;
  }

  /// The line of names, without its end.
  byte[] firstLine() throws IOException {
    int at = start;
    boolean quoted = false;
    while (true) {
      if (at == end) {
        if (last) {
          throw new BadTableException(
              name + " is empty: a first line that names columns is needed");
        }
        int done = at - start;
        more(start, 1);
        start = 0;
        at = done;
      }
      byte each = window[at];
      quoted ^= each == '"';
      if (each == '\n' && !quoted) {
        break;
      }
      at++;
    }
    int length = at - start;
    length -= length > 0 && window[start + length - 1] == '\r' ? 1 : 0;
    header = Arrays.copyOfRange(window, start, start + length);
    start = at + 1;
    return header;
  }

  /// The names of the first line.
  List<String> words(byte separator) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    String line = new String(header, StandardCharsets.UTF_8);
    boolean quoted = false;
    for (int at = 0; at < line.length(); at++) {
      char each = line.charAt(at);
      if (each == '"' && quoted && at + 1 < line.length() && line.charAt(at + 1) == '"') {
        word.append('"');
        at++;
      } else if (each == '"') {
        quoted = !quoted;
      } else if (each == separator && !quoted) {
        words.add(word.toString().strip());
        word.setLength(0);
      } else {
        word.append(each);
      }
    }
    words.add(word.toString().strip());
    return words;
  }
}
