package dev.sightline.promql.parse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Text in quotes, with Go's escapes: `\n`, `\x41`, `\101`, and code points of four or eight
/// digits.
///
/// Bytes that are no UTF-8 become lone surrogates, DC80 to DCFF, so that they survive until
/// somebody can say what is wrong with them.
public final class Quoting {
  private static final int BROKEN_BYTE = 0xDC00;
  private static final String ESCAPES = "abfnrtv\\'\"";
  private static final String ESCAPED = "\7\b\f\n\r\t\13\\'\"";

  private Quoting() {}

  /// In double quotes, everything that cannot be printed escaped.
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      int escape = c == '\'' ? -1 : ESCAPED.indexOf(c);
      if (escape >= 0) {
        quoted.append('\\').append(ESCAPES.charAt(escape));
      } else if (isBrokenByte(c)) {
        quoted.append("\\x").append(Integer.toHexString(c - BROKEN_BYTE));
      } else if (c < 0x20 || c == 0x7F) {
        quoted.append(String.format("\\x%02x", c));
      } else {
        quoted.appendCodePoint(c);
      }
    }
    return quoted.append('"').toString();
  }

  /// Whether the text is UTF-8 throughout.
  public static boolean isValid(String text) {
    return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  /// @param quoted with its quotes, which may be `"`, `'` or a backtick
  /// @return null if an escape is malformed
  static @Nullable String unquote(String quoted) {
    String inner = quoted.substring(1, quoted.length() - 1);
    if (quoted.charAt(0) == '`' || inner.indexOf('\\') < 0) {
      return inner;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(inner.length());
    int i = 0;
    while (i < inner.length()) {
      int c = inner.codePointAt(i);
      if (c == '\\') {
        i = unescape(inner, i + 1, quoted.charAt(0), bytes);
        if (i < 0) {
          return null;
        }
      } else {
        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(c);
      }
    }
    return decode(bytes.toByteArray());
  }

  /// @return the index after the escape, or -1
  private static int unescape(String text, int at, char quote, ByteArrayOutputStream bytes) {
    if (at >= text.length()) {
      return -1;
    }
    char c = text.charAt(at);
    return switch (c) {
      case 'x' -> number(text, at + 1, 2, 16, 0xFF, bytes, false);
      case 'u' -> number(text, at + 1, 4, 16, Character.MAX_CODE_POINT, bytes, true);
      case 'U' -> number(text, at + 1, 8, 16, Character.MAX_CODE_POINT, bytes, true);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> number(text, at, 3, 8, 0xFF, bytes, false);
      default -> {
        int escape = ESCAPES.indexOf(c);
        if (escape < 0 || ((c == '\'' || c == '"') && c != quote)) {
          yield -1;
        }
        bytes.write(ESCAPED.charAt(escape));
        yield at + 1;
      }
    };
  }

  private static int number(
      String text,
      int at,
      int digits,
      int radix,
      int max,
      ByteArrayOutputStream bytes,
      boolean isCodePoint) {
    long value = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = i < text.length() ? Character.digit(text.charAt(i), radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    if (value > max || (isCodePoint && value >= 0xD800 && value <= 0xDFFF)) {
      return -1;
    }
    if (isCodePoint) {
      bytes.writeBytes(Character.toString((int) value).getBytes(StandardCharsets.UTF_8));
    } else {
      bytes.write((int) value);
    }
    return at + digits;
  }

  private static String decode(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') < 0) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    for (int i = 0; i < bytes.length; ) {
      int length = sequenceLength(bytes, i);
      if (length == 0) {
        kept.append((char) (BROKEN_BYTE + (bytes[i] & 0xFF)));
        i++;
      } else {
        kept.append(new String(bytes, i, length, StandardCharsets.UTF_8));
        i += length;
      }
    }
    return kept.toString();
  }

  /// @return how many bytes the character at `at` has, 0 if there is no valid one
  private static int sequenceLength(byte[] bytes, int at) {
    for (int length = 1; length <= 4 && at + length <= bytes.length; length++) {
      String one = new String(bytes, at, length, StandardCharsets.UTF_8);
      if (one.codePointCount(0, one.length()) == 1
          && (one.charAt(0) != '\uFFFD' || isReplacementItself(bytes, at, length))) {
        return length;
      }
    }
    return 0;
  }

  private static boolean isReplacementItself(byte[] bytes, int at, int length) {
    return length == 3
        && bytes[at] == (byte) 0xEF
        && bytes[at + 1] == (byte) 0xBF
        && bytes[at + 2] == (byte) 0xBD;
  }

  private static boolean isBrokenByte(int c) {
    return c >= BROKEN_BYTE + 0x80 && c <= BROKEN_BYTE + 0xFF;
  }
}
