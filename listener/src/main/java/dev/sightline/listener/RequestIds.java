package dev.sightline.listener;

import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Ulid;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpFields;

/// Names calls: keeps what a client calls its own, and makes up a [Ulid] for the others.
public final class RequestIds {
  public static final String HEADER = "X-Request-Id";
  private static final int MAX_LENGTH = 128;

  private final Clock clock;

  public RequestIds(Clock clock) {
    this.clock = clock;
  }

  /// @param sent the headers of the call; a client that names it more than once has not named it
  public String idFor(HttpFields sent) {
    String name = sent.getValuesList(HEADER).size() == 1 ? sent.get(HEADER) : null;
    return name != null && isSane(name)
        ? name
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
