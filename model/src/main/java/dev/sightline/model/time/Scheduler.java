package dev.sightline.model.time;

import java.time.Duration;

/// Runs work again and again, on monotonic time.
public interface Scheduler {
  /// Runs `work` after `delay` and then every `period`, counted from start to start.
  ///
  /// One piece of work never runs twice at once: a run that takes longer than the period makes the
  /// next ones late, and those that were missed are left out. What `work` throws is logged and does
  /// not end it.
  ///
  /// @param name of the work, in logs and thread names
  /// @param period longer than zero
  Repeating every(String name, Duration delay, Duration period, Runnable work);

  /// Work that repeats until it is closed.
  interface Repeating extends AutoCloseable {
    /// No run starts after this call; waits for one that is under way, unless called from within
    /// it.
    @Override
    void close();
  }
}
