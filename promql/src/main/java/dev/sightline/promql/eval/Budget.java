package dev.sightline.promql.eval;

import dev.sightline.model.query.QueryException;
import dev.sightline.model.time.Clock;
import java.time.Duration;

/// What is left of the samples and the time that a query may take. Owned by the query's thread.
final class Budget {
  private static final long WORK_BETWEEN_CHECKS = 1 << 16;

  private final Clock clock;
  private final long maxSamples;
  private final long startNs;
  private final long timeoutNs;
  private long samples;
  private long work;

  Budget(Clock clock, long maxSamples, Duration timeout) {
    this.clock = clock;
    this.maxSamples = maxSamples;
    this.startNs = clock.monotonicNs();
    this.timeoutNs = timeout.toNanos();
  }

  /// Counts samples that are read or kept, before memory is taken for them.
  ///
  /// @throws QueryException if there are too many
  void charge(long count) {
    samples += count;
    if (samples > maxSamples || count < 0) {
      throw new QueryException.LimitExceeded(
          "query processing would load too many samples into memory in query execution"
              + " (the limit is "
              + maxSamples
              + ")");
    }
    work(count);
  }

  /// Says that something was done; now and then looks whether the query should end.
  void work(long amount) {
    work += amount + 1;
    if (work >= WORK_BETWEEN_CHECKS) {
      work = 0;
      check();
    }
  }

  /// @throws QueryException if the time is up or the thread was interrupted
  void check() {
    if (clock.monotonicNs() - startNs > timeoutNs) {
      throw new QueryException.TimedOut("query timed out in expression evaluation");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new QueryException.Canceled("query was canceled in expression evaluation");
    }
  }
}
