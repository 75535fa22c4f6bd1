package dev.sightline.tsdb;

import dev.sightline.model.time.Clock;
import java.time.Duration;

/// The time of the clock while it goes on as clocks do. After a jump it goes on as if there had
/// been none, and the new time is believed once it has held for an hour.
///
/// Nothing is deleted or closed because of the clock alone: a machine that wakes up in the wrong
/// year would lose everything that is too old for that year.
final class TrustedTime {
  private static final Duration USUAL_DRIFT = Duration.ofMinutes(10);
  private static final Duration TRIAL = Duration.ofHours(1);

  private final Clock clock;

  // guarded by this
  private long anchorMs;
  private long anchorNs;
  private boolean jumped;
  private long jumpMs;
  private long jumpedNs;

  TrustedTime(Clock clock) {
    this.clock = clock;
    this.anchorMs = clock.nowMs();
    this.anchorNs = clock.monotonicNs();
  }

  synchronized long nowMs() {
    long wallMs = clock.nowMs();
    long nowNs = clock.monotonicNs();
    long expectedMs = anchorMs + Duration.ofNanos(nowNs - anchorNs).toMillis();
    long offMs = wallMs - expectedMs;
    if (Math.abs(offMs) <= USUAL_DRIFT.toMillis() || hasHeld(offMs, nowNs)) {
      anchorMs = wallMs;
      anchorNs = nowNs;
      jumped = false;
      return wallMs;
    }
    return expectedMs;
  }

  private boolean hasHeld(long offMs, long nowNs) {
    if (!jumped || Math.abs(offMs - jumpMs) > USUAL_DRIFT.toMillis()) {
      jumped = true;
      jumpMs = offMs;
      jumpedNs = nowNs;
    }
    return nowNs - jumpedNs >= TRIAL.toNanos();
  }
}
