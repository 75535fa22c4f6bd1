package dev.sightline.model.time;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A scheduler on the machine's own time, with one virtual thread for each piece of work.
public final class ThreadScheduler implements Scheduler {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadScheduler.class);

  @Override
  public Repeating every(String name, Duration delay, Duration period, Runnable work) {
    if (period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException(
          "period of " + name + " must be longer than zero, not " + period);
    }
    return new Loop(name, delay.toNanos(), period.toNanos(), work);
  }

  private static final class Loop implements Repeating {
    private final String name;
    private final long periodNs;
    private final Runnable work;
    private final Thread thread;
    private volatile boolean closed;

    Loop(String name, long delayNs, long periodNs, Runnable work) {
      this.name = name;
      this.periodNs = periodNs;
      this.work = work;
      long firstNs = System.nanoTime() + delayNs;
      this.thread = Thread.ofVirtual().name(name).start(() -> run(firstNs));
    }

    private void run(long firstNs) {
      long dueNs = firstNs;
      while (waitUntil(dueNs)) {
        try {
          work.run();
        } catch (Throwable failure) {
          // Memory that ran out once must not end retention, or the syncs of a log, for good.
          LOG.error("{} failed", name, failure);
        }
        long lateNs = System.nanoTime() - dueNs;
        dueNs += Math.max(1, lateNs / periodNs + (lateNs % periodNs == 0 ? 0 : 1)) * periodNs;
      }
    }

    /// @return false if the work was closed
    private boolean waitUntil(long dueNs) {
      long leftNs = dueNs - System.nanoTime();
      while (!closed && leftNs > 0) {
        LockSupport.parkNanos(leftNs);
        leftNs = dueNs - System.nanoTime();
      }
      return !closed;
    }

    @Override
    public void close() {
      closed = true;
      LockSupport.unpark(thread);
      if (Thread.currentThread().equals(thread)) {
        return;
      }
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
