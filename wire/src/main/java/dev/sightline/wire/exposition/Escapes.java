package dev.sightline.wire.exposition;

/// Backslash escapes of exposition text: `\\`, `\n` and, within quotes, `\"`. A backslash before
/// anything else stands for itself.
final class Escapes {
  private Escapes() {}

  static String decode(String text, boolean quoted) {
    int backslash = text.indexOf('\\');
    if (backslash < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = c == '\\' && i + 1 < text.length() ? text.charAt(i + 1) : 0;
      if (next == '\\' || next == 'n' || (quoted && next == '"')) {
        decoded.append(next == 'n' ? '\n' : next);
        i++;
      } else {
        decoded.append(c);
      }
    }
    return decoded.toString();
  }

  static String encode(String text, boolean quoted) {
    String encoded = text.replace("\\", "\\\\").replace("\n", "\\n");
    return quoted ? encoded.replace("\"", "\\\"") : encoded;
  }
}
