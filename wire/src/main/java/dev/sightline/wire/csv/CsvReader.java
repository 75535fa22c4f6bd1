package dev.sightline.wire.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads comma-separated text (RFC 4180) record by record, in bounded memory, however long it is.
///
/// Lines end with LF, CRLF or CR; a record may go over several of them within quotes. Empty lines
/// are no records. Used by one thread.
public final class CsvReader {
  /// Of one record.
  public static final int MAX_CHARACTERS = 1 << 20;

  private static final int END = -1;
  private static final int NOTHING_READ_AHEAD = -2;

  private final Reader in;
  private final char[] buffer = new char[16_384];
  private int position;
  private int filled;
  private int ahead = NOTHING_READ_AHEAD;
  private long line = 1;
  private int length;

  /// One record, or what is wrong with it.
  ///
  /// @param line on which it begins, from 1
  /// @param problem null where there is none
  public record Line(List<String> cells, long line, @Nullable String problem) {
    public Line {
      cells = List.copyOf(cells);
    }
  }

  /// @param in text in UTF-8, with or without a byte order mark
  public CsvReader(InputStream in) {
    this.in =
        new InputStreamReader(
            in,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    if (peek() == '\uFEFF') {
      take();
    }
  }

  /// @return null behind the last record
  /// @throws CsvException if it cannot be told where the next record begins
  public @Nullable Line next() {
    while (peek() == '\n' || peek() == '\r') {
      takeLineEnd();
    }
    if (peek() == END) {
      return null;
    }
    long start = line;
    length = 0;
    List<String> cells = new ArrayList<>();
    String problem = null;
    do {
      cells.add(peek() == '"' ? quoted(start) : plain());
      if (length > MAX_CHARACTERS || !isCellEnd(peek())) {
        problem =
            length > MAX_CHARACTERS
                ? "is longer than " + MAX_CHARACTERS + " characters"
                : "has text behind the quoted cell in column " + cells.size();
        skipLine();
        break;
      }
    } while (takeIf(','));
    takeLineEnd();
    return new Line(problem == null ? cells : List.of(), start, problem);
  }

  private String plain() {
    StringBuilder cell = new StringBuilder();
    while (!isCellEnd(peek()) && length <= MAX_CHARACTERS) {
      cell.append((char) take());
    }
    return cell.toString();
  }

  private String quoted(long start) {
    long opened = line;
    take();
    StringBuilder cell = new StringBuilder();
    while (true) {
      int next = take();
      if (next == END || length > MAX_CHARACTERS) {
        throw new CsvException(
            "the quote that opens on line %d, in the row that begins on line %d, is not closed%s"
                .formatted(
                    opened, start, next == END ? "" : " within " + MAX_CHARACTERS + " characters"));
      }
      if (next == '"' && !takeIf('"')) {
        return cell.toString();
      }
      if (next == '\n' || next == '\r' && peek() != '\n') {
        line++;
      }
      cell.append((char) next);
    }
  }

  private void skipLine() {
    while (peek() != END && peek() != '\n' && peek() != '\r') {
      take();
    }
  }

  private void takeLineEnd() {
    boolean returned = takeIf('\r');
    if (takeIf('\n') || returned) {
      line++;
    }
  }

  private boolean takeIf(char wanted) {
    boolean here = peek() == wanted;
    if (here) {
      take();
    }
    return here;
  }

  private static boolean isCellEnd(int character) {
    return character == ',' || character == '\n' || character == '\r' || character == END;
  }

  private int peek() {
    if (ahead == NOTHING_READ_AHEAD) {
      ahead = read();
    }
    return ahead;
  }

  private int take() {
    int next = peek();
    ahead = next == END ? END : NOTHING_READ_AHEAD;
    length++;
    return next;
  }

  private int read() {
    if (position == filled) {
      try {
        filled = in.read(buffer, 0, buffer.length);
      } catch (CharacterCodingException _) {
        throw new CsvException("the text behind line " + line + " is not UTF-8");
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
      position = 0;
      if (filled <= 0) {
        filled = 0;
        return END;
      }
    }
    return buffer[position++];
  }
}
