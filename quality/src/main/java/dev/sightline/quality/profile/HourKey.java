package dev.sightline.quality.profile;

import java.time.Duration;

/// One hour of a model.
///
/// @param startMs Unix milliseconds, on the hour in UTC
record HourKey(String model, long startMs) {
  static final long HOUR_MS = Duration.ofHours(1).toMillis();
  static final long DAY_MS = Duration.ofDays(1).toMillis();

  static HourKey of(String model, long timeMs) {
    return new HourKey(model, hourOf(timeMs));
  }

  static long hourOf(long timeMs) {
    return Math.floorDiv(timeMs, HOUR_MS) * HOUR_MS;
  }

  static long dayOf(long timeMs) {
    return Math.floorDiv(timeMs, DAY_MS) * DAY_MS;
  }

  long endMs() {
    return startMs + HOUR_MS;
  }

  long dayMs() {
    return dayOf(startMs);
  }
}
