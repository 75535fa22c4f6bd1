package dev.sightline.tsdb.head;

import dev.sightline.model.series.SeriesKeeping.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The largest of some amounts, largest first; of equal ones those that come first by name.
final class Top {
  private static final Comparator<Amount> SMALLEST_FIRST =
      Comparator.comparingLong(Amount::value)
          .thenComparing(Amount::name, Comparator.reverseOrder());

  private final int limit;
  private final PriorityQueue<Amount> largest = new PriorityQueue<>(SMALLEST_FIRST);

  Top(int limit) {
    this.limit = limit;
  }

  void add(String name, long value) {
    Amount smallest = largest.peek();
    if (largest.size() == limit && smallest != null && smallest.value() > value) {
      return;
    }
    largest.add(new Amount(name, value));
    if (largest.size() > limit) {
      largest.remove();
    }
  }

  List<Amount> list() {
    List<Amount> sorted = new ArrayList<>(largest);
    sorted.sort(SMALLEST_FIRST.reversed());
    return sorted;
  }
}
