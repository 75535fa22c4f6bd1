package dev.sightline.logql.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Keeps all values of a series, for what cannot be put together from parts: quantiles, and rates
/// of counters.
final class KeptValues implements SeriesWindows {
  private static final int BYTES_PER_VALUE = 16;

  private final Slots slots;
  private final Grid grid;
  private final Expression expression;
  private final Budget budget;
  private long[] timesNs = new long[16];
  private double[] values = new double[16];
  private int size;
  private boolean sorted = true;

  /// What becomes of the values of one window.
  interface Expression {
    /// @param from index of the first value of the window, in the order of time
    /// @param to behind the last; above `from`
    /// @param endNs the end of the window
    double of(long[] timesNs, double[] values, int from, int to, long endNs);
  }

  KeptValues(Slots slots, Grid grid, Expression expression, Budget budget) {
    this.slots = slots;
    this.grid = grid;
    this.expression = expression;
    this.budget = budget;
  }

  @Override
  public void add(long timestampNs, int slot, double value) {
    if (size == values.length) {
      budget.hold((long) BYTES_PER_VALUE * size);
      timesNs = Arrays.copyOf(timesNs, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    sorted &= size == 0 || timesNs[size - 1] <= timestampNs;
    timesNs[size] = timestampNs;
    values[size++] = value;
  }

  @Override
  public double[] column() {
    if (!sorted) {
      sort();
    }
    double[] column = new double[grid.count()];
    long lengthNs = slots.lastNs() - slots.firstNs() + 1 - (grid.count() - 1) * grid.stepNs();
    int from = 0;
    int to = 0;
    for (int window = 0; window < column.length; window++) {
      long beginNs = slots.firstNs() + window * grid.stepNs();
      long endNs = beginNs + lengthNs - 1;
      while (from < size && timesNs[from] < beginNs) {
        from++;
      }
      to = Math.max(to, from);
      while (to < size && timesNs[to] <= endNs) {
        to++;
      }
      budget.work(to - from);
      column[window] = to == from ? Absent.VALUE : expression.of(timesNs, values, from, to, endNs);
    }
    return column;
  }

  private void sort() {
    int[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingLong(i -> timesNs[i]))
            .mapToInt(i -> i)
            .toArray();
    timesNs = Arrays.stream(order).mapToLong(i -> timesNs[i]).toArray();
    values = Arrays.stream(order).mapToDouble(i -> values[i]).toArray();
  }
}
