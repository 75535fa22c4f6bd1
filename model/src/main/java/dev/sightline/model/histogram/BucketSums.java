package dev.sightline.model.histogram;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// Buckets that are being summed up, with what single additions round off kept beside.
final class BucketSums {
  private int[] indices;
  private double[] sums;
  private double[] lost;
  private int size;

  BucketSums(Buckets first) {
    size = first.size();
    indices = new int[size];
    sums = new double[size];
    lost = new double[size];
    for (int i = 0; i < size; i++) {
      indices[i] = first.index(i);
      sums[i] = first.count(i);
    }
  }

  /// Adds the buckets from index `least` on, each `factor` times.
  void add(Buckets other, double factor, int least) {
    int from = 0;
    while (from < other.size() && other.index(from) < least) {
      from++;
    }
    if (!hasAll(other, from)) {
      makeRoom(other, from);
    }
    int at = 0;
    for (int i = from; i < other.size(); i++) {
      while (indices[at] < other.index(i)) {
        at++;
      }
      addTo(at, other.count(i) * factor);
    }
  }

  private boolean hasAll(Buckets other, int from) {
    int at = 0;
    for (int i = from; i < other.size(); i++) {
      while (at < size && indices[at] < other.index(i)) {
        at++;
      }
      if (at == size || indices[at] != other.index(i)) {
        return false;
      }
    }
    return true;
  }

  private void makeRoom(Buckets other, int from) {
    int[] all = new int[size + other.size() - from];
    double[] allSums = new double[all.length];
    double[] allLost = new double[all.length];
    int count = 0;
    int at = 0;
    int i = from;
    while (at < size || i < other.size()) {
      boolean own = i == other.size() || (at < size && indices[at] <= other.index(i));
      if (own) {
        i += i < other.size() && indices[at] == other.index(i) ? 1 : 0;
        all[count] = indices[at];
        allSums[count] = sums[at];
        allLost[count++] = lost[at++];
      } else {
        all[count++] = other.index(i++);
      }
    }
    indices = all;
    sums = allSums;
    lost = allLost;
    size = count;
  }

  private void addTo(int place, double value) {
    double total = sums[place] + value;
    lost[place] = Rounding.lostAfter(total, sums[place], value, lost[place]);
    sums[place] = total;
  }

  /// Gives every bucket the index that `target` names, and merges equal ones; it never falls.
  void remap(IntUnaryOperator target) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      int index = target.applyAsInt(indices[i]);
      if (kept > 0 && indices[kept - 1] == index) {
        addTo(kept - 1, sums[i]);
        addTo(kept - 1, lost[i]);
      } else {
        indices[kept] = index;
        sums[kept] = sums[i];
        lost[kept++] = lost[i];
      }
    }
    size = kept;
  }

  /// Forgets the buckets below index `least`.
  void dropBelow(int least) {
    int from = 0;
    while (from < size && indices[from] < least) {
      from++;
    }
    indices = Arrays.copyOfRange(indices, from, size);
    sums = Arrays.copyOfRange(sums, from, size);
    lost = Arrays.copyOfRange(lost, from, size);
    size -= from;
  }

  void scale(double factor) {
    for (int i = 0; i < size; i++) {
      sums[i] *= factor;
      lost[i] *= factor;
    }
  }

  double largest() {
    double largest = 0;
    for (int i = 0; i < size; i++) {
      largest = Math.max(largest, Math.abs(sums[i]));
    }
    return largest;
  }

  Buckets result() {
    double[] counts = new double[size];
    Arrays.setAll(counts, i -> sums[i] + lost[i]);
    return new Buckets(Arrays.copyOf(indices, size), counts);
  }
}
