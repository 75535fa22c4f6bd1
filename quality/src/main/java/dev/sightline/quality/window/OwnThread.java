package dev.sightline.quality.window;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// Runs work that takes a processor for a while on a thread of its own: the scheduler's are
/// virtual, and there are few carriers for those.
public final class OwnThread {
  private OwnThread() {}

  /// Returns when the work is done, or at once when the calling thread is interrupted.
  ///
  /// @throws IllegalStateException if the work fails
  public static void run(String name, Runnable work) {
    FutureTask<@Nullable Void> task = new FutureTask<>(work, null);
    Thread.ofPlatform().name(name).daemon().start(task);
    try {
      task.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException failure) {
      throw new IllegalStateException("work of " + name, failure.getCause());
    }
  }
}
