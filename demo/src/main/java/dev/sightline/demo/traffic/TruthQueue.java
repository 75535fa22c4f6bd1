package dev.sightline.demo.traffic;

import dev.sightline.demo.client.Truth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Truths that are known here and not reported yet. Safe for any number of threads.
final class TruthQueue {
  /// More than that are turned away: whoever reports them has stopped.
  private static final int MOST_WAITING = 100_000;

  private static final int LARGEST_BATCH = 500;

  // guarded by this
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Waiting::dueNs));

  /// @return false if there is no room for it
  synchronized boolean add(Truth truth, long dueNs) {
    return waiting.size() < MOST_WAITING && waiting.add(new Waiting(truth, dueNs));
  }

  /// Takes out what is due, in the order in which it fell due; at most one batch.
  synchronized List<Truth> due(long nowNs) {
    List<Truth> batch = new ArrayList<>();
    for (Waiting next = waiting.peek();
        next != null && next.dueNs - nowNs <= 0 && batch.size() < LARGEST_BATCH;
        next = waiting.peek()) {
      batch.add(waiting.remove().truth);
    }
    return batch;
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  private record Waiting(Truth truth, long dueNs) {}
}
