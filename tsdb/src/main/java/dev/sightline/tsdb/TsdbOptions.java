package dev.sightline.tsdb;

import dev.sightline.model.store.HeapRoom;
import dev.sightline.tsdb.head.HeadLimits;
import dev.sightline.tsdb.head.HeadLimits.LabelLength;
import java.time.Duration;

/// What the store of metrics keeps and takes.
///
/// @param outOfOrderWindow how far a sample may lie behind the newest of all and still come after a
///   later one of its series; at most an hour, because older ranges go into blocks
/// @param futureLimit how far a sample may lie ahead of the clock
/// @param series how many there may be
/// @param labels how large they may be
/// @param room new series are refused while it is scarce
/// @param logFileBytes after which the log goes on in another file; a multiple of 32 KiB
public record TsdbOptions(
    Retention retention,
    Duration outOfOrderWindow,
    Duration futureLimit,
    SeriesLimits series,
    LabelLimits labels,
    HeapRoom room,
    long logFileBytes) {
  private static final Duration WIDEST_WINDOW = Duration.ofHours(1);

  public static final TsdbOptions DEFAULT =
      new TsdbOptions(
          Retention.of(Duration.ofDays(15)),
          Duration.ofHours(1),
          Duration.ofMinutes(10),
          new SeriesLimits(4_000_000, 1_000_000),
          new LabelLimits(40, 256, 4096),
          HeapRoom.PLENTY,
          128L << 20);

  public TsdbOptions {
    if (outOfOrderWindow.isNegative() || outOfOrderWindow.compareTo(WIDEST_WINDOW) > 0) {
      throw new IllegalArgumentException(
          "out-of-order window of " + outOfOrderWindow + ", which must be 0 to 1 hour");
    }
  }

  public TsdbOptions withRetention(Duration retention) {
    return withRetention(Retention.of(retention));
  }

  public TsdbOptions withRetention(Retention retention) {
    return new TsdbOptions(
        retention, outOfOrderWindow, futureLimit, series, labels, room, logFileBytes);
  }

  public TsdbOptions withSeries(SeriesLimits series) {
    return new TsdbOptions(
        retention, outOfOrderWindow, futureLimit, series, labels, room, logFileBytes);
  }

  public TsdbOptions withLogFileBytes(long logFileBytes) {
    return new TsdbOptions(
        retention, outOfOrderWindow, futureLimit, series, labels, room, logFileBytes);
  }

  public TsdbOptions withRoom(HeapRoom room) {
    return new TsdbOptions(
        retention, outOfOrderWindow, futureLimit, series, labels, room, logFileBytes);
  }

  HeadLimits headLimits() {
    return new HeadLimits(
        retention.longestMs(),
        outOfOrderWindow.toMillis(),
        futureLimit.toMillis(),
        series.inHead,
        room,
        labels.perSeries,
        new LabelLength(labels.nameLength, labels.valueLength));
  }

  /// @param inHead how many series may be in memory at once
  /// @param inSelection how many series one query may select
  public record SeriesLimits(int inHead, int inSelection) {}

  /// @param perSeries how many labels a series may have, its name included
  public record LabelLimits(int perSeries, int nameLength, int valueLength) {}
}
