package dev.sightline.logql.eval;

import java.util.Arrays;

/// Puts the values of a window together by an operation that can be done in parts: sums, extremes,
/// means, spreads, the first and the last.
final class Fold implements SeriesWindows {
  /*
   * A window slides over the slots: some leave at its beginning, some come at its end. Values cannot be taken out
   * of a sum or a maximum again, so the window is kept in two parts that meet at `middle`: for each slot before it
   * what lies between that slot and the middle, and one running result for what lies behind. When the beginning
   * reaches the middle, the middle moves to the end and the first part is computed anew, from right to left.
   * Each slot is merged at most twice.
   */
  private final Slots slots;
  private final int windows;
  private final Kind kind;
  private final double divisor;
  private final double[] parts;

  /// What is kept of some values: three numbers, and how they are merged.
  enum Kind {
    /// sum, what was lost by rounding, count
    SUM,
    /// as [#SUM], and the mean in the end
    MEAN,
    /// extreme, -, count
    MIN,
    MAX,
    /// mean, sum of squared distances, count
    VARIANCE,
    DEVIATION,
    /// value, time, count
    FIRST,
    LAST
  }

  private static final int WIDTH = 3;

  Fold(Slots slots, int windows, Kind kind, double divisor) {
    this.slots = slots;
    this.windows = windows;
    this.kind = kind;
    this.divisor = divisor;
    this.parts = new double[slots.size() * WIDTH];
  }

  @Override
  public void add(long timestampNs, int slot, double value) {
    // From the beginning on, so that a double holds it.
    double second = kind == Kind.FIRST || kind == Kind.LAST ? timestampNs - slots.firstNs() : 0;
    merge(parts, slot * WIDTH, value, second, 1);
  }

  @Override
  public double[] column() {
    double[] column = new double[windows];
    double[] before = new double[parts.length];
    double[] running = new double[WIDTH];
    double[] whole = new double[WIDTH];
    int middle = 0;
    int end = 0;
    for (int window = 0; window < windows; window++) {
      int first = slots.first(window);
      int last = slots.last(window);
      if (first >= middle) {
        middle = last + 1;
        end = middle;
        Arrays.fill(running, 0);
        fillBefore(before, first, middle);
      }
      for (; end <= last; end++) {
        mergeInto(running, parts, end);
      }
      System.arraycopy(before, first * WIDTH, whole, 0, WIDTH);
      mergeInto(whole, running, 0);
      column[window] = result(whole);
    }
    return column;
  }

  private void fillBefore(double[] before, int first, int middle) {
    for (int slot = middle - 1; slot >= first; slot--) {
      System.arraycopy(parts, slot * WIDTH, before, slot * WIDTH, WIDTH);
      if (slot + 1 < middle) {
        int right = (slot + 1) * WIDTH;
        merge(before, slot * WIDTH, before[right], before[right + 1], before[right + 2]);
      }
    }
  }

  private void mergeInto(double[] into, double[] from, int slot) {
    int at = slot * WIDTH;
    merge(into, 0, from[at], from[at + 1], from[at + 2]);
  }

  /// Merges later values into those that stand at `at`.
  private void merge(double[] into, int at, double a, double b, double count) {
    if (count == 0) {
      return;
    }
    if (into[at + 2] == 0) {
      into[at] = a;
      into[at + 1] = b;
      into[at + 2] = count;
      return;
    }
    switch (kind) {
      case SUM, MEAN -> {
        double total = into[at] + a;
        double lost =
            Math.abs(into[at]) >= Math.abs(a) ? into[at] - total + a : a - total + into[at];
        into[at + 1] += b + (Double.isFinite(total) ? lost : 0);
        into[at] = total;
      }
      case MIN -> into[at] = a < into[at] || Double.isNaN(into[at]) ? a : into[at];
      case MAX -> into[at] = a > into[at] || Double.isNaN(into[at]) ? a : into[at];
      case VARIANCE, DEVIATION -> {
        double all = into[at + 2] + count;
        double distance = a - into[at];
        into[at + 1] += b + distance * distance * into[at + 2] * count / all;
        into[at] += distance * count / all;
      }
      case FIRST -> {
        if (b < into[at + 1]) {
          into[at] = a;
          into[at + 1] = b;
        }
      }
      case LAST -> {
        if (b >= into[at + 1]) {
          into[at] = a;
          into[at + 1] = b;
        }
      }
    }
    into[at + 2] += count;
  }

  private double result(double[] state) {
    if (state[2] == 0) {
      return Absent.VALUE;
    }
    return switch (kind) {
      case SUM -> (state[0] + state[1]) / divisor;
      case MEAN -> (state[0] + state[1]) / state[2];
      case MIN, MAX, FIRST, LAST -> state[0];
      case VARIANCE -> state[1] / state[2];
      case DEVIATION -> Math.sqrt(state[1] / state[2]);
    };
  }
}
