package dev.sightline.logstore;

import java.time.Duration;

/// What the store of logs keeps and takes.
///
/// @param retention how long lines are kept, counted back from the newest, and how many; older ones
///   are refused
/// @param ahead how far a line may lie ahead of the clock
/// @param lineBytes how long a line may be
/// @param headBytes of lines in memory, after which they are written to blocks
/// @param headAge after which lines in memory are written to blocks, however few they are
/// @param cacheBytes of lines of blocks that were read last
public record LogStoreOptions(
    RetentionRules retention,
    Duration ahead,
    int lineBytes,
    long headBytes,
    Duration headAge,
    long cacheBytes) {
  public static final LogStoreOptions DEFAULT =
      new LogStoreOptions(
          RetentionRules.of(Duration.ofDays(14)),
          Duration.ofMinutes(10),
          256 << 10,
          64L << 20,
          Duration.ofHours(2),
          32L << 20);

  public LogStoreOptions {
    if (ahead.isNegative() || lineBytes <= 0 || headBytes <= 0 || headAge.isNegative()) {
      throw new IllegalArgumentException("BUG: limits of the log store must be above 0");
    }
  }

  public LogStoreOptions withRetention(Duration period) {
    return withRetention(
        new RetentionRules(
            period, retention.ofStreams(), retention.mostBytes(), retention.leastFreePercent()));
  }

  public LogStoreOptions withRetention(RetentionRules retention) {
    return new LogStoreOptions(retention, ahead, lineBytes, headBytes, headAge, cacheBytes);
  }

  public LogStoreOptions withHeadBytes(long headBytes) {
    return new LogStoreOptions(retention, ahead, lineBytes, headBytes, headAge, cacheBytes);
  }

  public LogStoreOptions withCacheBytes(long cacheBytes) {
    return new LogStoreOptions(retention, ahead, lineBytes, headBytes, headAge, cacheBytes);
  }
}
