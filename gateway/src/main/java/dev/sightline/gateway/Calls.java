package dev.sightline.gateway;

import dev.sightline.model.time.Clock;
import java.time.Duration;

/// How many calls are in flight, so that closing can wait for them.
final class Calls {
  private final Clock clock;

  private volatile boolean ending;

  // guarded by this
  private int inFlight;

  Calls(Clock clock) {
    this.clock = clock;
  }

  /// From now on every answer is the last of its connection.
  void announceEnd() {
    ending = true;
  }

  boolean isEnding() {
    return ending;
  }

  synchronized void begin() {
    inFlight++;
  }

  synchronized void end() {
    inFlight--;
    if (inFlight == 0) {
      notifyAll();
    }
  }

  /// Waits until none is left, or `limit` has passed, or the thread is interrupted.
  synchronized void awaitNone(Duration limit) {
    long startNs = clock.monotonicNs();
    long leftMs = limit.toMillis();
    try {
      while (inFlight > 0 && leftMs > 0) {
        wait(leftMs);
        leftMs = limit.toMillis() - (clock.monotonicNs() - startNs) / 1_000_000;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
