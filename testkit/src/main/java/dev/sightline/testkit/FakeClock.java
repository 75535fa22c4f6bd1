package dev.sightline.testkit;

import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A clock and a scheduler that stand still until a test moves them; work runs on the thread that
/// does.
public final class FakeClock implements Clock, Scheduler {
  // guarded by this
  private final List<Work> scheduled = new ArrayList<>();
  private long nowMs;
  private long monotonicNs;
  private long sequence;

  /// @param nowMs Unix milliseconds
  public FakeClock(long nowMs) {
    this.nowMs = nowMs;
  }

  @Override
  public synchronized long nowMs() {
    return nowMs;
  }

  @Override
  public synchronized long monotonicNs() {
    return monotonicNs;
  }

  /// Lets time pass, and runs what falls due meanwhile, each at its own time.
  public void advance(Duration duration) {
    long endNs = monotonicNs() + duration.toNanos();
    while (true) {
      Work due;
      synchronized (this) {
        due =
            scheduled.stream()
                .filter(work -> work.dueNs <= endNs)
                .min(
                    Comparator.comparingLong((Work work) -> work.dueNs)
                        .thenComparingLong(work -> work.number))
                .orElse(null);
        moveTo(due == null ? endNs : Math.max(due.dueNs, monotonicNs));
        if (due == null) {
          return;
        }
        due.dueNs += due.periodNs;
      }
      due.run.run();
    }
  }

  /// Sets the wall clock, as an administrator or a time server would; monotonic time does not
  /// notice.
  public synchronized void jumpTo(long nowMs) {
    this.nowMs = nowMs;
  }

  /// Time passes, and nothing is run meanwhile: what falls due does so later by as much. For tests
  /// to which years of seconds do not matter.
  public synchronized void sleep(Duration duration) {
    moveTo(monotonicNs + duration.toNanos());
    scheduled.forEach(work -> work.dueNs += duration.toNanos());
  }

  @Override
  public synchronized Repeating every(String name, Duration delay, Duration period, Runnable run) {
    Work work = new Work(monotonicNs + delay.toNanos(), period.toNanos(), sequence++, run);
    scheduled.add(work);
    return () -> {
      synchronized (this) {
        scheduled.remove(work);
      }
    };
  }

  private void moveTo(long ns) {
    nowMs += ns / 1_000_000 - monotonicNs / 1_000_000;
    monotonicNs = ns;
  }

  private static final class Work {
    private long dueNs;
    private final long periodNs;
    private final long number;
    private final Runnable run;

    Work(long dueNs, long periodNs, long number, Runnable run) {
      this.dueNs = dueNs;
      this.periodNs = periodNs;
      this.number = number;
      this.run = run;
    }
  }
}
