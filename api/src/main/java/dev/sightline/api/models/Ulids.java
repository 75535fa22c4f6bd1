package dev.sightline.api.models;

import dev.sightline.model.time.Clock;
import java.security.SecureRandom;

/// Makes ids for predictions that came without one: ULIDs, which sort by time.
///
/// Safe for any number of threads.
final class Ulids {
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int TIME_DIGITS = 10;
  private static final int RANDOM_DIGITS = 16;

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Ulids(Clock clock) {
    this.clock = clock;
  }

  String next() {
    char[] text = new char[TIME_DIGITS + RANDOM_DIGITS];
    long timeMs = clock.nowMs();
    for (int i = TIME_DIGITS - 1; i >= 0; i--) {
      text[i] = DIGITS.charAt((int) (timeMs & 31));
      timeMs >>>= 5;
    }
    byte[] bytes = new byte[RANDOM_DIGITS];
    random.nextBytes(bytes);
    for (int i = 0; i < RANDOM_DIGITS; i++) {
      text[TIME_DIGITS + i] = DIGITS.charAt(bytes[i] & 31);
    }
    return new String(text);
  }
}
