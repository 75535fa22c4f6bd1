package dev.sightline.gateway;

import dev.sightline.model.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Names calls: keeps what a client calls its own, and makes up names that sort by time (the text
/// form of a ULID: 48 bits of Unix milliseconds, 80 random ones).
final class RequestIds {
  private static final int MAX_LENGTH = 128;
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private final Clock clock;

  RequestIds(Clock clock) {
    this.clock = clock;
  }

  /// @param sent what the client calls this call; null if it does not, or more than once
  String idFor(@Nullable String sent) {
    return sent != null && isSane(sent) ? sent : generate();
  }

  private static boolean isSane(String id) {
    if (id.isEmpty() || id.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && "-._~:+/=@".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private String generate() {
    char[] text = new char[26];
    write(text, 0, 10, clock.nowMs());
    ThreadLocalRandom random = ThreadLocalRandom.current();
    write(text, 10, 8, random.nextLong());
    write(text, 18, 8, random.nextLong());
    return new String(text);
  }

  /// The lowest five bits for each digit, the highest digit first.
  private static void write(char[] text, int start, int digits, long bits) {
    for (int i = start + digits - 1; i >= start; i--) {
      text[i] = DIGITS.charAt((int) (bits & 31));
      bits >>>= 5;
    }
  }
}
