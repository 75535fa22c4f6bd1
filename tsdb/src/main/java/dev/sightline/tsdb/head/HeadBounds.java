package dev.sightline.tsdb.head;

/// Which times the head takes.
///
/// @param nowMs of the clock
/// @param newestMs of the samples in the head; `Long.MIN_VALUE` if there are none
/// @param cutMs what lies before is in blocks, or on its way there
record HeadBounds(long nowMs, long newestMs, long cutMs, HeadLimits limits) {
  /// Far enough from the ends of what a long holds that sums of times do not overflow.
  private static final long EARLIEST_MS = -(1L << 52);

  long latestMs() {
    return nowMs + limits.futureMs();
  }

  /// Samples before this are too old for any series.
  long earliestMs() {
    long retained =
        newestMs == Long.MIN_VALUE ? EARLIEST_MS : believedNewestMs() - limits.retentionMs();
    return Math.max(EARLIEST_MS, Math.max(cutMs, retained));
  }

  /// Samples before this must be later than all others of their series.
  long earliestLateMs() {
    return newestMs == Long.MIN_VALUE
        ? EARLIEST_MS
        : believedNewestMs() - limits.outOfOrderWindowMs();
  }

  /// A sample from a time when the clock was wrong must not make those of today too old.
  private long believedNewestMs() {
    return Math.min(newestMs, latestMs());
  }
}
