package dev.sightline.stats.measure;

import java.util.Arrays;

/// How often each class was predicted for each true class. Grows with the classes it meets, takes
/// one truth at a time, gives one back when a truth is corrected, and merges with the counts of
/// other hours.
///
/// Classes are numbers from 0; what they are called is the caller's. Owned by one thread.
public final class ConfusionCounts {
  /// So that the square of classes stays a few megabytes.
  public static final int MOST_CLASSES = 1_000;

  private int classes;
  private long[] cells;
  private long n;

  /// @param classes how many are expected; more may come
  public ConfusionCounts(int classes) {
    check(classes - 1);
    this.classes = classes;
    cells = new long[classes * classes];
  }

  /// The counts of two columns of the same length.
  public static ConfusionCounts of(int[] truth, int[] prediction, int classes) {
    if (truth.length != prediction.length) {
      throw new IllegalArgumentException(
          "BUG: " + truth.length + " truths for " + prediction.length + " predictions");
    }
    ConfusionCounts counts = new ConfusionCounts(classes);
    for (int row = 0; row < truth.length; row++) {
      counts.add(truth[row], prediction[row]);
    }
    return counts;
  }

  public int classes() {
    return classes;
  }

  public long n() {
    return n;
  }

  public void add(int truth, int prediction) {
    add(truth, prediction, 1);
  }

  /// @param count negative to take counts back; never below zero in sum
  public void add(int truth, int prediction, long count) {
    int largest = Math.max(truth, prediction);
    if (largest >= classes) {
      grow(largest);
    }
    int cell = truth * classes + prediction;
    if (cells[cell] + count < 0) {
      throw new IllegalArgumentException("BUG: more was taken back than counted");
    }
    cells[cell] += count;
    n += count;
  }

  public void merge(ConfusionCounts other) {
    for (int truth = 0; truth < other.classes; truth++) {
      for (int prediction = 0; prediction < other.classes; prediction++) {
        long count = other.count(truth, prediction);
        if (count != 0) {
          add(truth, prediction, count);
        }
      }
    }
  }

  public long count(int truth, int prediction) {
    return cells[truth * classes + prediction];
  }

  public long support(int truth) {
    long sum = 0;
    for (int prediction = 0; prediction < classes; prediction++) {
      sum += count(truth, prediction);
    }
    return sum;
  }

  public long predicted(int prediction) {
    long sum = 0;
    for (int truth = 0; truth < classes; truth++) {
      sum += count(truth, prediction);
    }
    return sum;
  }

  public long correct() {
    long sum = 0;
    for (int each = 0; each < classes; each++) {
      sum += count(each, each);
    }
    return sum;
  }

  /// One class against all others.
  public ClassCounts of(int oneClass) {
    long hits = count(oneClass, oneClass);
    long support = support(oneClass);
    long predicted = predicted(oneClass);
    return new ClassCounts(hits, predicted - hits, support - hits, n - support - predicted + hits);
  }

  /// Whether a class occurs, as truth or as prediction.
  public boolean has(int oneClass) {
    return support(oneClass) + predicted(oneClass) > 0;
  }

  public ConfusionCounts copy() {
    ConfusionCounts copy = new ConfusionCounts(classes);
    copy.cells = cells.clone();
    copy.n = n;
    return copy;
  }

  /// By truth, then by prediction.
  public long[][] matrix() {
    long[][] rows = new long[classes][];
    for (int truth = 0; truth < classes; truth++) {
      rows[truth] = Arrays.copyOfRange(cells, truth * classes, (truth + 1) * classes);
    }
    return rows;
  }

  private void grow(int largest) {
    check(largest);
    int wider = Math.min(MOST_CLASSES, Math.max(largest + 1, classes * 3 / 2));
    long[] moved = new long[wider * wider];
    for (int truth = 0; truth < classes; truth++) {
      System.arraycopy(cells, truth * classes, moved, truth * wider, classes);
    }
    cells = moved;
    classes = wider;
  }

  private static void check(int largest) {
    if (largest >= MOST_CLASSES) {
      throw new IllegalArgumentException(
          "class " + largest + ": more than " + MOST_CLASSES + " classes are not counted");
    }
  }
}
