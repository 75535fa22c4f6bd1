package dev.sightline.logql.stage;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Turns the bytes of keys into names of labels, each name made once. Owned by one thread.
final class NameCache {
  private static final int SLOTS = 1 << 10;

  private final byte[][] keys = new byte[SLOTS][];
  private final String[] names = new String[SLOTS];

  /// @return the key with whatever no label name may have replaced by `_`
  String nameOf(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ hash >>> 15) & (SLOTS - 1);
    byte[] known = keys[slot];
    if (known == null || !Arrays.equals(known, 0, known.length, bytes, from, to)) {
      keys[slot] = Arrays.copyOfRange(bytes, from, to);
      names[slot] = sanitized(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
    return names[slot];
  }

  static String sanitized(String key) {
    StringBuilder name = new StringBuilder(key.length());
    key.codePoints()
        .forEach(
            c -> {
              boolean letter =
                  (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
              boolean digit = c >= '0' && c <= '9';
              if (digit && name.isEmpty()) {
                name.append('_');
              }
              name.append(letter || digit ? (char) c : '_');
            });
    return name.toString();
  }
}
