package dev.sightline.gateway.meter;

import dev.sightline.model.time.Clock;
import java.util.Arrays;

/// Count and sum of what was added during the last 60 seconds, to the second.
public final class LastMinute {
  private static final int SECONDS = 60;

  private final Clock clock;
  private final long startSecond;

  // guarded by this
  private final long[] counts = new long[SECONDS];
  private final double[] sums = new double[SECONDS];
  private long newestSecond;

  public LastMinute(Clock clock) {
    this.clock = clock;
    this.startSecond = second();
    this.newestSecond = startSecond;
  }

  public synchronized void add(double value) {
    moveOn();
    int slot = slot(newestSecond);
    counts[slot]++;
    sums[slot] += value;
  }

  /// NaN if nothing was added.
  public synchronized double mean() {
    moveOn();
    double sum = 0;
    for (double part : sums) {
      sum += part;
    }
    return sum / count();
  }

  /// How many were added for each second of the last 60, or of those that have passed so far.
  public synchronized double perSecond() {
    moveOn();
    return (double) count() / Math.clamp(newestSecond - startSecond, 1, SECONDS);
  }

  private long count() {
    long count = 0;
    for (long part : counts) {
      count += part;
    }
    return count;
  }

  private void moveOn() {
    long now = second();
    if (now - newestSecond >= SECONDS) {
      Arrays.fill(counts, 0);
      Arrays.fill(sums, 0);
      newestSecond = now;
    }
    while (newestSecond < now) {
      newestSecond++;
      counts[slot(newestSecond)] = 0;
      sums[slot(newestSecond)] = 0;
    }
  }

  private long second() {
    return Math.floorDiv(clock.monotonicNs(), 1_000_000_000L);
  }

  private static int slot(long second) {
    return Math.floorMod(second, SECONDS);
  }
}
