package dev.sightline.demo.traffic;

import java.util.concurrent.atomic.AtomicLongArray;

/// Counts latencies in buckets of which each is 2 % wider than the one before, from a microsecond
/// to a minute; longer ones count as a minute. Safe for any number of threads.
final class LatencyHistogram {
  private static final double GROWTH = Math.log(1.02);
  private static final int BUCKETS = bucket(60_000_000_000L) + 1;

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

  void add(long latencyNs) {
    counts.incrementAndGet(Math.min(bucket(latencyNs), BUCKETS - 1));
  }

  /// @param share 0 to 1
  /// @return milliseconds, at most 2 % above the true value; NaN as long as nothing was counted
  double quantileMs(double share) {
    long total = 0;
    for (int i = 0; i < BUCKETS; i++) {
      total += counts.get(i);
    }
    long left = Math.max(1, (long) Math.ceil(share * total));
    for (int i = 0; i < BUCKETS; i++) {
      left -= counts.get(i);
      if (left <= 0) {
        return Math.exp(i * GROWTH) / 1_000;
      }
    }
    return Double.NaN;
  }

  private static int bucket(long latencyNs) {
    return (int) Math.ceil(Math.log(Math.max(1, latencyNs / 1_000.0)) / GROWTH);
  }
}
