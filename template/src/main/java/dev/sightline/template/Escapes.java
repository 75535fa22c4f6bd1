package dev.sightline.template;

/// The escapes of Go's quoted texts.
final class Escapes {
  private Escapes() {}

  /// @param text between the quotes
  /// @throws IllegalArgumentException if there is none such
  static String resolve(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder resolved = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '\\') {
        resolved.append(c);
        at++;
        continue;
      }
      char kind = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
      int digits = digits(kind);
      if (digits == 0) {
        resolved.append(single(kind));
        at += 2;
      } else {
        int from = kind >= '0' && kind <= '7' ? at + 1 : at + 2;
        resolved.appendCodePoint(code(text, from, digits, from == at + 1 ? 8 : 16));
        at = from + digits;
      }
    }
    return resolved.toString();
  }

  /// How many digits follow; 0 for an escape of one letter.
  private static int digits(char kind) {
    return switch (kind) {
      case 'x' -> 2;
      case 'u' -> 4;
      case 'U' -> 8;
      case '0', '1', '2', '3', '4', '5', '6', '7' -> 3;
      default -> 0;
    };
  }

  private static char single(char kind) {
    return switch (kind) {
      case 'a' -> '\u0007';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> '\u000b';
      case '\\', '"', '\'' -> kind;
      default -> throw new IllegalArgumentException("unknown escape \\" + kind + " in a text");
    };
  }

  private static int code(String text, int from, int digits, int radix) {
    int code = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = i < text.length() ? Character.digit(text.charAt(i), radix) : -1;
      code = digit < 0 || code > Character.MAX_CODE_POINT ? -1 : code * radix + digit;
      if (code < 0) {
        throw new IllegalArgumentException("malformed escape in a text");
      }
    }
    if (!Character.isValidCodePoint(code)) {
      throw new IllegalArgumentException("malformed escape in a text");
    }
    return code;
  }
}
