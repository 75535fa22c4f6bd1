package dev.sightline.logql.parse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Text in quotes, with Go's escapes: `\n`, `\x41`, `\101`, and code points of four or eight
/// digits.
final class Quoting {
  private static final String ESCAPES = "abfnrtv\\\"";
  private static final String ESCAPED = "\7\b\f\n\r\t\13\\\"";

  private Quoting() {}

  /// In double quotes, everything that cannot be printed escaped.
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int escape = ESCAPED.indexOf(c);
      if (escape >= 0) {
        quoted.append('\\').append(ESCAPES.charAt(escape));
      } else if (c < 0x20 || c == 0x7F) {
        quoted.append(String.format("\\x%02x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /// @param quoted with its quotes, `"` or a backtick
  /// @return null if an escape is malformed, or the bytes are no UTF-8
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
        i = unescape(inner, i + 1, bytes);
        if (i < 0) {
          return null;
        }
      } else {
        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(c);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /// @return the index after the escape, or -1
  private static int unescape(String text, int at, ByteArrayOutputStream bytes) {
    if (at >= text.length()) {
      return -1;
    }
    char c = text.charAt(at);
    return switch (c) {
      case 'x' -> oneByte(text, at + 1, 2, 16, bytes);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> oneByte(text, at, 3, 8, bytes);
      case 'u' -> codePoint(text, at + 1, 4, bytes);
      case 'U' -> codePoint(text, at + 1, 8, bytes);
      default -> {
        int escape = ESCAPES.indexOf(c);
        if (escape < 0) {
          yield -1;
        }
        bytes.write(ESCAPED.charAt(escape));
        yield at + 1;
      }
    };
  }

  private static int oneByte(
      String text, int at, int digits, int radix, ByteArrayOutputStream bytes) {
    long value = digits(text, at, digits, radix);
    if (value < 0 || value > 0xFF) {
      return -1;
    }
    bytes.write((int) value);
    return at + digits;
  }

  private static int codePoint(String text, int at, int digits, ByteArrayOutputStream bytes) {
    long value = digits(text, at, digits, 16);
    if (value < 0 || value > Character.MAX_CODE_POINT || (value >= 0xD800 && value <= 0xDFFF)) {
      return -1;
    }
    bytes.writeBytes(Character.toString((int) value).getBytes(StandardCharsets.UTF_8));
    return at + digits;
  }

  private static long digits(String text, int at, int digits, int radix) {
    long value = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = i < text.length() ? Character.digit(text.charAt(i), radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }
}
