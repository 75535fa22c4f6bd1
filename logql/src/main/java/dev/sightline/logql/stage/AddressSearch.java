package dev.sightline.logql.stage;

import dev.sightline.logql.parse.Addresses;
import java.nio.charset.StandardCharsets;

/// Looks for an IP address of a range within a line.
final class AddressSearch {
  private static final int SHORTEST = 2;
  private static final int LONGEST = 45;

  private final Addresses wanted;

  AddressSearch(String pattern) {
    this.wanted = Addresses.of(pattern);
  }

  boolean isIn(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int end = at;
      while (end < to && isPart(bytes[end])) {
        end++;
      }
      if (end - at >= SHORTEST && end - at <= LONGEST && holds(bytes, at, end)) {
        return true;
      }
      at = end + 1;
    }
    return false;
  }

  /// Addresses often end a sentence, or have a port behind them.
  private boolean holds(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    if (wanted.contains(text)) {
      return true;
    }
    if (text.endsWith(".") || text.endsWith(":")) {
      return wanted.contains(text.substring(0, text.length() - 1));
    }
    int colon = text.indexOf(':');
    return text.indexOf('.') > 0 && colon > 0 && wanted.contains(text.substring(0, colon));
  }

  private static boolean isPart(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'f')
        || (b >= 'A' && b <= 'F')
        || b == '.'
        || b == ':';
  }
}
