package dev.sightline.promql.eval;

import dev.sightline.model.query.QueryException;
import dev.sightline.model.time.Clock;
import java.time.Duration;

/// What is left of the samples, the memory and the time that a query may take.
///
/// Owned by the query's thread; only [#end] is for others.
final class Budget {
  private static final long WORK_BETWEEN_CHECKS = 1 << 16;

  /// What an object costs beside its numbers: headers, labels that are not shared, a place in a
  /// map.
  private static final long OBJECT_BYTES = 160;

  private final Clock clock;
  private final QueryLimits limits;
  private final long startNs;
  private final long timeoutNs;
  private long samples;
  private long heldBytes;
  private long work;
  private volatile boolean ended;

  Budget(Clock clock, QueryLimits limits, Duration timeout) {
    this.clock = clock;
    this.limits = limits;
    this.startNs = clock.monotonicNs();
    this.timeoutNs = timeout.toNanos();
  }

  /// Counts samples that are read; they are not kept.
  ///
  /// @throws QueryException if there are too many
  void read(long count) {
    samples += count;
    if (samples > limits.maxSamples() || count < 0) {
      throw new QueryException.LimitExceeded(
          "query processing would load too many samples into memory in query execution"
              + " (the limit is "
              + limits.maxSamples()
              + ")");
    }
    work(count);
  }

  /// Counts an object of so many numbers that is kept until the query ends, before memory is taken
  /// for it. What is let go earlier stays counted: the account is an upper bound.
  ///
  /// @throws QueryException if the query would hold more than it may
  void charge(long numbers) {
    heldBytes += OBJECT_BYTES + 8 * numbers;
    if (heldBytes > limits.maxBytes() || numbers < 0 || numbers > limits.maxBytes() / 8) {
      throw new QueryException.LimitExceeded(
          "query needs more than " + limits.maxBytes() + " bytes of memory, which is the limit");
    }
    work(numbers);
  }

  /// @throws QueryException if a selector finds more series than it may
  void select(int series) {
    if (series > limits.maxSeries()) {
      throw new QueryException.LimitExceeded(
          "a selector finds " + series + " series (the limit is " + limits.maxSeries() + ")");
    }
  }

  /// Says that something was done; now and then looks whether the query should end.
  void work(long amount) {
    work += amount + 1;
    if (work >= WORK_BETWEEN_CHECKS) {
      work = 0;
      check();
    }
  }

  /// @throws QueryException if the time is up, the thread was interrupted, or somebody ended it
  void check() {
    if (clock.monotonicNs() - startNs > timeoutNs) {
      throw new QueryException.TimedOut("query timed out in expression evaluation");
    }
    if (ended || Thread.currentThread().isInterrupted()) {
      throw new QueryException.Canceled("query was canceled in expression evaluation");
    }
  }

  /// Lets the query fail at its next check.
  void end() {
    ended = true;
  }

  long samples() {
    return samples;
  }

  long heldBytes() {
    return heldBytes;
  }

  Duration elapsed() {
    return Duration.ofNanos(clock.monotonicNs() - startNs);
  }
}
