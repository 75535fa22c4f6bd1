package dev.sightline.quality.rows;

import dev.sightline.model.query.QueryException;
import dev.sightline.model.time.Clock;
import java.time.Duration;

/// The moment at which a question is given up.
public final class Deadline {
  private final Clock clock;
  private final Duration allowed;
  private final long startNs;

  private Deadline(Clock clock, Duration allowed) {
    this.clock = clock;
    this.allowed = allowed;
    this.startNs = clock.monotonicNs();
  }

  public static Deadline in(Duration allowed, Clock clock) {
    return new Deadline(clock, allowed);
  }

  /// @throws QueryException.TimedOut if it has passed
  void check() {
    if (clock.monotonicNs() - startNs > allowed.toNanos()) {
      throw new QueryException.TimedOut(
          "reading predictions took longer than "
              + allowed.toMillis()
              + " ms; ask for a shorter range");
    }
  }
}
