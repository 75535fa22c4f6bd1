package dev.sightline.api.auth;

import dev.sightline.model.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Makes guessing slow: after some failures in a row each further one doubles the wait, from a
/// second up to five minutes.
///
/// Safe for any number of threads. Remembers at most [#MAX_KEYS] keys, the longest unused goes
/// first.
final class LoginThrottle {
  static final int MAX_KEYS = 10_000;
  private static final long MAX_WAIT_SECONDS = 300;

  private final Clock clock;
  private final int freeFailures;
  // guarded by this
  private final Map<String, Failures> byKey = new LinkedHashMap<>(16, 0.75f, true);

  private record Failures(int count, long blockedUntilNs) {}

  /// @param freeFailures how many may fail before the first wait
  LoginThrottle(Clock clock, int freeFailures) {
    this.clock = clock;
    this.freeFailures = freeFailures;
  }

  /// @return 0 if `key` may try now
  synchronized long waitSeconds(String key) {
    Failures failures = byKey.get(key);
    long leftNs = failures == null ? 0 : failures.blockedUntilNs - clock.monotonicNs();
    return leftNs <= 0 ? 0 : TimeUnit.NANOSECONDS.toSeconds(leftNs - 1) + 1;
  }

  synchronized void failed(String key) {
    Failures before = byKey.get(key);
    int count = before == null ? 1 : before.count + 1;
    int doublings = Math.min(count - freeFailures, 10);
    long waitSeconds = doublings < 0 ? 0 : Math.min(MAX_WAIT_SECONDS, 1L << doublings);
    long untilNs = clock.monotonicNs() + TimeUnit.SECONDS.toNanos(waitSeconds);
    byKey.put(key, new Failures(count, untilNs));
    if (byKey.size() > MAX_KEYS) {
      byKey.remove(byKey.keySet().iterator().next());
    }
  }

  synchronized void succeeded(String key) {
    byKey.remove(key);
  }
}
