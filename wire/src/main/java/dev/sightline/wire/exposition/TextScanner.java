package dev.sightline.wire.exposition;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// A place in exposition bytes that moves forward, and that can say where it is when something is
/// wrong there. The end of the bytes counts as the end of a line.
final class TextScanner {
  /// What [#peek] gives at the end.
  static final int END = -1;

  private static final int SHOWN_CHARACTERS = 60;

  static final String CARRIAGE_RETURN = "a carriage return (lines must end with a line feed alone)";

  private final byte[] bytes;
  private final int end;
  private int at;

  TextScanner(byte[] bytes, int length) {
    this.bytes = bytes;
    this.end = length;
  }

  int at() {
    return at;
  }

  byte[] bytes() {
    return bytes;
  }

  /// @return the byte here, 0 to 255, or [#END]
  int peek() {
    return at < end ? bytes[at] & 0xff : END;
  }

  boolean atLineEnd() {
    return at >= end || bytes[at] == '\n';
  }

  boolean take(char expected) {
    if (at < end && bytes[at] == expected) {
      at++;
      return true;
    }
    return false;
  }

  /// @return whether all of `word` stood here and was passed
  boolean take(String word) {
    boolean here = startsWith(word);
    at += here ? word.length() : 0;
    return here;
  }

  boolean startsWith(String word) {
    if (at + word.length() > end) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((bytes[at + i] & 0xff) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  void skipBlanks() {
    while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
  }

  void skipLine() {
    while (!atLineEnd()) {
      at++;
    }
    at++;
  }

  /// Passes a name of letters, digits and underscores that does not begin with a digit.
  ///
  /// @param colons whether they belong to names, too
  /// @return false if none stands here
  boolean takeName(boolean colons) {
    int start = at;
    while (at < end && isNameByte(bytes[at], colons, at > start)) {
      at++;
    }
    return at > start;
  }

  private static boolean isNameByte(byte b, boolean colon, boolean digit) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '_'
        || (colon && b == ':')
        || (digit && b >= '0' && b <= '9');
  }

  /// Passes a text in quotes, both of them, and leaves its escapes as they are.
  ///
  /// @param acrossLines whether it may contain line ends
  void takeQuoted(String what, boolean acrossLines) {
    int open = at;
    if (!take('"')) {
      throw wrong("expected " + what + " in quotes, found " + found());
    }
    boolean ascii = true;
    while (at < end && bytes[at] != '"') {
      if (bytes[at] == '\n' && !acrossLines) {
        break;
      }
      ascii &= bytes[at] >= 0;
      at += bytes[at] == '\\' ? 2 : 1;
    }
    if (at >= end || bytes[at] != '"') {
      throw wrongAt(open, "the quote of this " + what + " is not closed");
    }
    if (!ascii) {
      requireUtf8(open + 1, at, what);
    }
    at++;
  }

  /// Passes everything up to one of two bytes or the end of the line.
  void takeUntil(char stop, char otherStop) {
    while (!atLineEnd() && bytes[at] != stop && bytes[at] != otherStop) {
      at++;
    }
  }

  void requireUtf8(int from, int to, String what) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
    } catch (CharacterCodingException _) {
      throw wrongAt(from, "this " + what + " is not valid UTF-8");
    }
  }

  String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /// What stands here, for messages.
  String found() {
    if (at >= end) {
      return "the end of the text";
    }
    if (bytes[at] == '\n') {
      return "the end of the line";
    }
    if (bytes[at] == '\r') {
      return CARRIAGE_RETURN;
    }
    if (startsWith("\u00ef\u00bb\u00bf")) {
      return "a byte order mark";
    }
    if (bytes[at] == 0) {
      return "a NUL byte";
    }
    return '"' + shown(text(at, Math.min(lineEnd(at), at + SHOWN_CHARACTERS))) + '"';
  }

  private static String shown(String text) {
    int blank = text.indexOf(' ');
    return blank > 0 ? text.substring(0, blank) : text;
  }

  private int lineEnd(int from) {
    int i = from;
    while (i < end && bytes[i] != '\n' && bytes[i] != '\r') {
      i++;
    }
    return i;
  }

  ExpositionException wrong(String reason) {
    return wrongAt(at, reason);
  }

  ExpositionException wrongAt(int place, String reason) {
    int line = 1;
    int lineStart = 0;
    int last = Math.min(place, end);
    for (int i = 0; i < last; i++) {
      if (bytes[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new ExpositionException(line, text(lineStart, last).length() + 1, reason);
  }
}
