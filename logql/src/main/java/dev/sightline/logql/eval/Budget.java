package dev.sightline.logql.eval;

import dev.sightline.model.query.QueryException;
import dev.sightline.model.time.Clock;
import java.time.Duration;

/// What is left of the memory and the time that a query may take, and what it has read. Owned by
/// the query's thread.
final class Budget {
  /// Bytes of lines, or steps of series: a few milliseconds of work.
  private static final long WORK_BETWEEN_CHECKS = 1 << 20;

  /// A line costs this beside its bytes.
  private static final int WORK_PER_LINE = 64;

  private final Clock clock;
  private final long memoryBytes;
  private final long startNs;
  private final long timeoutNs;
  private long held;
  private long work;
  private long lines;
  private long bytes;
  private int streams;

  Budget(Clock clock, long memoryBytes, Duration timeout) {
    this.clock = clock;
    this.memoryBytes = memoryBytes;
    this.startNs = clock.monotonicNs();
    this.timeoutNs = timeout.toNanos();
  }

  /// Counts memory before it is taken.
  ///
  /// @throws QueryException.LimitExceeded if it is too much
  void hold(long moreBytes) {
    held += moreBytes;
    if (held > memoryBytes) {
      throw new QueryException.LimitExceeded(
          "the query would need more than the "
              + (memoryBytes >> 20)
              + " MiB of memory that one may have; consider fewer labels, a shorter range or a"
              + " longer step");
    }
    work(moreBytes);
  }

  void readStream() {
    streams++;
  }

  /// Says that a line was read.
  void readLine(int lengthBytes) {
    lines++;
    bytes += lengthBytes;
    work(lengthBytes + WORK_PER_LINE);
  }

  /// Says that lines were counted without being read.
  void countedLines(long count, long lineBytes) {
    lines += count;
    bytes += lineBytes;
    work(WORK_PER_LINE);
  }

  /// Says that something was done; now and then looks whether the query should end.
  void work(long amount) {
    work += amount;
    if (work >= WORK_BETWEEN_CHECKS) {
      work = 0;
      check();
    }
  }

  /// @throws QueryException if the time is up or the thread was interrupted
  void check() {
    if (clock.monotonicNs() - startNs > timeoutNs) {
      throw new QueryException.TimedOut(
          "the query took longer than the " + timeoutNs / 1_000_000_000L + " s it may take");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new QueryException.Canceled("the query was canceled");
    }
  }

  long lines() {
    return lines;
  }

  long bytes() {
    return bytes;
  }

  int streams() {
    return streams;
  }

  long tookNs() {
    return clock.monotonicNs() - startNs;
  }
}
