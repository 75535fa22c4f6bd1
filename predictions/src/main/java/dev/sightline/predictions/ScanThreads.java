package dev.sightline.predictions;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Lets a second thread take part in a long scan: in one at a time, so that scans take no more than
/// one processor from all else. Other scans do all of their walks themselves, with the same
/// answers.
///
/// Safe for any number of threads.
final class ScanThreads {
  private final Semaphore second = new Semaphore(1);
  private final long fromRows;

  /// @param fromRows shorter scans are not worth a thread
  ScanThreads(long fromRows) {
    this.fromRows = fromRows;
  }

  /// Returns, or throws what a walk or a receiver threw first, when nobody is called any more.
  ///
  /// @param rows about how many there are
  /// @param walks makes one for each receiver
  void run(
      long rows,
      List<Consumer<Batch>> receivers,
      Function<List<Consumer<Batch>>, List<Runnable>> walks) {
    if (receivers.size() < 2 || rows < fromRows || !second.tryAcquire()) {
      walks.apply(receivers).forEach(Runnable::run);
      return;
    }
    try {
      new Shared(receivers, walks).run();
    } finally {
      second.release();
    }
  }

  /// Another walk has failed.
  private static final class Unwanted extends RuntimeException {
    Unwanted() {
      super(null, null, false, false);
    }
  }

  /// The walks of one scan, of which each thread takes the next.
  private static final class Shared {
    private final List<Runnable> walks;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Shared(List<Consumer<Batch>> receivers, Function<List<Consumer<Batch>>, List<Runnable>> walks) {
      this.walks = walks.apply(receivers.stream().map(this::unlessFailed).toList());
    }

    private Consumer<Batch> unlessFailed(Consumer<Batch> receiver) {
      return batch -> {
        if (failure.get() != null) {
          throw new Unwanted();
        }
        receiver.accept(batch);
      };
    }

    /// The second thread is never interrupted: that would close the file that it reads.
    void run() {
      Thread other = Thread.ofPlatform().name("predictions-scan").daemon().start(this::walk);
      walk();
      boolean interrupted = false;
      while (other.isAlive()) {
        try {
          other.join();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      rethrow();
    }

    private void walk() {
      try {
        for (int at = next.getAndIncrement(); at < walks.size(); at = next.getAndIncrement()) {
          walks.get(at).run();
        }
      } catch (RuntimeException | Error thrown) {
        failure.compareAndSet(null, thrown);
      }
    }

    private void rethrow() {
      switch (failure.get()) {
        case null -> {}
        case RuntimeException known -> throw known;
        case Error fatal -> throw fatal;
        case Throwable other -> throw new IllegalStateException("BUG: a scan failed oddly", other);
      }
    }
  }
}
