package dev.sightline.tsdb.head;

import dev.sightline.model.store.HeapRoom;

/// What the head takes.
///
/// @param retentionMs samples that lie further behind the newest are refused
/// @param outOfOrderWindowMs how far a sample may lie behind the newest of all and still come after
///   a later one of its series
/// @param futureMs how far a sample may lie ahead of the clock
/// @param series how many there may be
/// @param room new series are refused while it is scarce
/// @param labelsPerSeries how many labels a series may have, its name included
/// @param labelLength how long a label's name and its value may be
public record HeadLimits(
    long retentionMs,
    long outOfOrderWindowMs,
    long futureMs,
    int series,
    HeapRoom room,
    int labelsPerSeries,
    LabelLength labelLength) {
  private static final long EVER_MS = 1L << 50;

  /// The same, but however late samples are.
  HeadLimits ofAnyAge() {
    return new HeadLimits(EVER_MS, EVER_MS, futureMs, series, room, labelsPerSeries, labelLength);
  }

  /// In characters.
  public record LabelLength(int ofName, int ofValue) {}
}
