package dev.sightline.api.prometheus;

/// Label names as they stand in paths: `U__` in front says that `_2e_` stands for a dot, and two
/// underscores for one.
final class EscapedName {
  private static final String PREFIX = "U__";
  private static final int MAX_DIGITS = 6;

  private EscapedName() {}

  /// @return `name` itself where it is not escaped, or not well
  static String decode(String name) {
    if (!name.startsWith(PREFIX)) {
      return name;
    }
    StringBuilder decoded = new StringBuilder();
    int at = PREFIX.length();
    while (at < name.length()) {
      char c = name.charAt(at);
      if (c != '_') {
        decoded.append(c);
        at++;
        continue;
      }
      int end = name.indexOf('_', at + 1);
      if (end < 0 || end - at - 1 > MAX_DIGITS) {
        return name;
      }
      if (end == at + 1) {
        decoded.append('_');
      } else {
        int codePoint = hex(name, at + 1, end);
        if (!Character.isValidCodePoint(codePoint)) {
          return name;
        }
        decoded.appendCodePoint(codePoint);
      }
      at = end + 1;
    }
    return decoded.toString();
  }

  /// @return -1 where it is no number
  private static int hex(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      number = (number << 4) | digit;
    }
    return number;
  }
}
