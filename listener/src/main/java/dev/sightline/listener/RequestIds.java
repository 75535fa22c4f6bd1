package dev.sightline.gateway;

import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Ulid;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Names calls: keeps what a client calls its own, and makes up a [Ulid] for the others.
final class RequestIds {
  private static final int MAX_LENGTH = 128;

  private final Clock clock;

  RequestIds(Clock clock) {
    this.clock = clock;
  }

  /// @param sent what the client calls this call; null if it does not, or more than once
  String idFor(@Nullable String sent) {
    return sent != null && isSane(sent)
        ? sent
        : Ulid.of(clock.nowMs(), ThreadLocalRandom.current());
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
}
