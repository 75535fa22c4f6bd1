package dev.sightline.quality.offline;

import dev.sightline.wire.table.BadTableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Does pieces of work side by side, one for each processor at a time, and gives their results in
/// order.
final class Lanes {
  static final int COUNT = Runtime.getRuntime().availableProcessors();

  private Lanes() {}

  static <T> List<T> all(List<Callable<T>> work) {
    try (ExecutorService lanes = Executors.newFixedThreadPool(COUNT)) {
      List<Future<T>> running = work.stream().map(lanes::submit).toList();
      List<T> results = new ArrayList<>();
      try {
        for (Future<T> each : running) {
          results.add(each.get());
        }
      } catch (ExecutionException failure) {
        lanes.shutdownNow();
        switch (failure.getCause()) {
          case RuntimeException known -> throw known;
          case Error error -> throw error;
          case null, default ->
              throw new IllegalStateException("BUG: a checked exception", failure);
        }
      } catch (InterruptedException _) {
        lanes.shutdownNow();
        Thread.currentThread().interrupt();
        throw new BadTableException("reading was interrupted");
      }
      return results;
    }
  }
}
