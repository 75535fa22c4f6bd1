package dev.sightline.tsdb.block;

import java.util.Random;

/// The name of a block: 26 letters that sort by the time they were made at.
public final class Ulid {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int TIME_LETTERS = 10;
  private static final int RANDOM_LETTERS = 16;
  private static final String PATTERN = "[0-7][0-9A-HJKMNP-TV-Z]{25}";

  private Ulid() {}

  /// @param nowMs not negative
  public static String of(long nowMs, Random random) {
    StringBuilder text = new StringBuilder(TIME_LETTERS + RANDOM_LETTERS);
    for (int i = TIME_LETTERS - 1; i >= 0; i--) {
      text.append(ALPHABET.charAt((int) (nowMs >>> 5 * i) & 31));
    }
    for (int i = 0; i < RANDOM_LETTERS; i++) {
      text.append(ALPHABET.charAt(random.nextInt(32)));
    }
    return text.toString();
  }

  public static boolean isUlid(String text) {
    return text.matches(PATTERN);
  }
}
