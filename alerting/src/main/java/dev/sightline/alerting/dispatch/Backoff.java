package dev.sightline.alerting.dispatch;

import dev.sightline.alerting.notify.NotSentException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before another attempt: a second, twice as long each time, half a minute at
/// most, a fifth more or less; or what the other side asks for, within an hour.
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration LONGEST_ASKED = Duration.ofHours(1);
  private static final double JITTER = 0.2;

  private final RandomGenerator random;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /// @param failures before the one that `failure` tells of
  Duration after(int failures, NotSentException failure) {
    Duration asked = failure.notBefore();
    if (asked != null) {
      return asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
    }
    long doubledMs = FIRST.toMillis() << Math.min(failures, 10);
    double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
    return Duration.ofMillis((long) (Math.min(doubledMs, LONGEST.toMillis()) * factor));
  }
}
