package dev.sightline.alerting.route;

import java.time.Duration;

/// When a group speaks.
///
/// @param firstWait before the first word of a new group, so that alerts that come together are
///   told together
/// @param interval between two looks at a group; news are told at the next
/// @param repeat after which what has not changed is told again, at the next look
public record Timing(Duration firstWait, Duration interval, Duration repeat) {
  public static final Timing DEFAULT =
      new Timing(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(4));

  public Timing {
    if (interval.isZero() || interval.isNegative()) {
      throw new IllegalArgumentException("group_interval must be above 0");
    }
    if (repeat.isZero() || repeat.isNegative()) {
      throw new IllegalArgumentException("repeat_interval must be above 0");
    }
  }
}
