package dev.sightline.model.time;

import java.util.random.RandomGenerator;

/// A name of 26 letters that sorts by the time it was made at: 48 bits of Unix milliseconds, 80
/// random ones.
public final class Ulid {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final String PATTERN = "[0-7][0-9A-HJKMNP-TV-Z]{25}";

  private Ulid() {}

  /// @param nowMs not negative
  public static String of(long nowMs, RandomGenerator random) {
    char[] text = new char[26];
    write(text, 0, 10, nowMs);
    write(text, 10, 8, random.nextLong());
    write(text, 18, 8, random.nextLong());
    return new String(text);
  }

  public static boolean isUlid(String text) {
    return text.matches(PATTERN);
  }

  /// Five bits a letter, the lowest last.
  private static void write(char[] text, int start, int letters, long bits) {
    for (int i = 0; i < letters; i++) {
      text[start + i] = ALPHABET.charAt((int) (bits >>> 5 * (letters - 1 - i)) & 31);
    }
  }
}
