package dev.sightline.model.query;

import java.time.Duration;

/// Answers PromQL: the port through which the HTTP API, rules and pages ask about series.
///
/// Safe for any number of threads; runs on the caller's thread.
public interface MetricQueries {
  /// The value of `query` at one moment.
  ///
  /// @throws QueryException if there is no answer
  Answer instant(String query, long timeMs, Options options);

  /// The value of `query` at `startMs`, every `stepMs` after it, up to and including `endMs`.
  ///
  /// @param stepMs at least 1
  /// @throws QueryException if there is no answer
  Answer range(String query, long startMs, long endMs, long stepMs, Options options);

  /// @param timeout after which the query ends with [QueryException.TimedOut]
  /// @param lookback how far back an instant selector looks for a sample
  record Options(Duration timeout, Duration lookback) {
    public static final Options DEFAULT = new Options(Duration.ofMinutes(2), Duration.ofMinutes(5));

    public Options {
      if (lookback.isNegative() || lookback.isZero() || timeout.isNegative()) {
        throw new IllegalArgumentException("BUG: timeout " + timeout + ", lookback " + lookback);
      }
    }
  }
}
