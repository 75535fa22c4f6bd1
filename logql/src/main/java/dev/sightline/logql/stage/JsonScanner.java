package dev.sightline.logql.stage;

import java.nio.charset.StandardCharsets;

/// Walks over a JSON text in bytes, from value to value. Owned by one thread.
///
/// It is lenient within what it skips: brackets must match, no more is asked.
final class JsonScanner {
  private static final int MAX_DEPTH = 200;

  private byte[] bytes = new byte[0];
  private int at;
  private int end;
  private int tokenStart;
  private int tokenEnd;
  private boolean escaped;

  /// The text is no JSON.
  static final class Malformed extends RuntimeException {
    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  void reset(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return at;
  }

  void moveTo(int position) {
    at = position;
  }

  /// The next byte that is no space, which is not passed; 0 at the end.
  byte peek() {
    while (at < end
        && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\n' || bytes[at] == '\r')) {
      at++;
    }
    return at < end ? bytes[at] : 0;
  }

  boolean accept(char sign) {
    boolean accepted = peek() == sign;
    at += accepted ? 1 : 0;
    return accepted;
  }

  void expect(char sign) {
    if (!accept(sign)) {
      throw malformed("expected '" + sign + "'");
    }
  }

  Malformed malformed(String what) {
    return new Malformed(what + " at byte " + (at + 1));
  }

  /// Passes a text in quotes; what is between them is from [#tokenStart] to [#tokenEnd].
  void string() {
    expect('"');
    tokenStart = at;
    escaped = false;
    while (at < end && bytes[at] != '"') {
      if (bytes[at] == '\\') {
        escaped = true;
        at++;
      }
      at++;
    }
    if (at >= end) {
      at = end;
      throw malformed("text not closed");
    }
    tokenEnd = at++;
  }

  /// Passes a number or a word.
  void scalar() {
    peek();
    tokenStart = at;
    escaped = false;
    while (at < end && isScalarPart(bytes[at])) {
      at++;
    }
    tokenEnd = at;
    if (tokenStart == tokenEnd) {
      throw malformed("value expected");
    }
    byte first = bytes[tokenStart];
    if (first != '-' && (first < '0' || first > '9') && !isWord()) {
      throw malformed("value expected, found " + tokenText());
    }
  }

  private boolean isWord() {
    String word = new String(bytes, tokenStart, tokenEnd - tokenStart, StandardCharsets.ISO_8859_1);
    return word.equals("true") || word.equals("false") || word.equals("null");
  }

  private static boolean isScalarPart(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '-'
        || b == '+'
        || b == '.';
  }

  /// Passes a value of any kind, as it is from [#tokenStart] to [#tokenEnd]; a text without its
  /// quotes.
  void value() {
    switch (peek()) {
      case '"' -> string();
      case '{', '[' -> {
        int start = at;
        skipNested();
        tokenStart = start;
        tokenEnd = at;
        escaped = false;
      }
      default -> scalar();
    }
  }

  private void skipNested() {
    int depth = 0;
    do {
      switch (peek()) {
        case '"' -> string();
        case '{', '[' -> {
          if (++depth > MAX_DEPTH) {
            throw malformed("nested deeper than " + MAX_DEPTH + " levels");
          }
          at++;
        }
        case '}', ']' -> {
          depth--;
          at++;
        }
        case ',', ':' -> at++;
        case 0 -> throw malformed("end of text");
        default -> scalar();
      }
    } while (depth > 0);
  }

  int tokenStart() {
    return tokenStart;
  }

  int tokenEnd() {
    return tokenEnd;
  }

  /// Whether the text passed last has escapes in it.
  boolean isEscaped() {
    return escaped;
  }

  /// What was passed last; `null` is empty.
  String tokenText() {
    int length = tokenEnd - tokenStart;
    if (escaped) {
      return unescaped();
    }
    boolean isNull = length == 4 && bytes[tokenStart] == 'n' && bytes[tokenStart - 1] != '"';
    return isNull ? "" : new String(bytes, tokenStart, length, StandardCharsets.UTF_8);
  }

  private String unescaped() {
    StringBuilder text = new StringBuilder(tokenEnd - tokenStart);
    int from = tokenStart;
    for (int i = tokenStart; i < tokenEnd; i++) {
      if (bytes[i] == '\\' && i + 1 < tokenEnd) {
        text.append(new String(bytes, from, i - from, StandardCharsets.UTF_8));
        i += escape(text, i + 1);
        from = i + 1;
      }
    }
    return text.append(new String(bytes, from, tokenEnd - from, StandardCharsets.UTF_8)).toString();
  }

  /// @return how many bytes stand behind the backslash
  private int escape(StringBuilder text, int at) {
    switch (bytes[at]) {
      case 'n' -> text.append('\n');
      case 't' -> text.append('\t');
      case 'r' -> text.append('\r');
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'u' -> {
        int value = 0;
        for (int i = at + 1; i < at + 5; i++) {
          int digit = i < tokenEnd ? Character.digit(bytes[i], 16) : -1;
          if (digit < 0) {
            throw malformed("bad \\u");
          }
          value = value * 16 + digit;
        }
        text.append((char) value);
        return 5;
      }
      default -> text.append((char) (bytes[at] & 0xFF));
    }
    return 1;
  }
}
