package dev.sightline.model.time;

/// The clock of the machine.
public final class SystemClock implements Clock {
  @Override
  public long nowMs() {
    return System.currentTimeMillis();
  }

  @Override
  public long monotonicNs() {
    return System.nanoTime();
  }
}
