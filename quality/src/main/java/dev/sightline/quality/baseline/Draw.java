package dev.sightline.quality.baseline;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Keeps some of the things that pass, drawn by a hash of each: the same ones in whichever order
/// they come. Owned by one thread.
final class Draw<T> {
  private record Drawn<T>(long hash, T thing) {}

  private final int most;
  private final PriorityQueue<Drawn<T>> kept =
      new PriorityQueue<>(Comparator.comparingLong((Drawn<T> one) -> one.hash).reversed());

  Draw(int most) {
    this.most = most;
  }

  /// Whether a thing of this hash would be kept.
  boolean wants(long hash) {
    Drawn<T> largest = kept.peek();
    return largest == null || kept.size() < most || hash < largest.hash;
  }

  void take(long hash, T thing) {
    if (wants(hash)) {
      kept.add(new Drawn<>(hash, thing));
      if (kept.size() > most) {
        kept.remove();
      }
    }
  }

  /// By hash.
  List<T> all() {
    return kept.stream().sorted(Comparator.comparingLong(Drawn::hash)).map(Drawn::thing).toList();
  }
}
