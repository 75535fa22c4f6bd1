package dev.sightline.promql.eval;

import dev.sightline.model.label.Labels;
import java.util.ArrayList;
import java.util.List;

/// The best few values of one group at each step, while the series of the group pass by: `topk` and
/// `bottomk` for a small k.
final class Ranking {
  private final boolean largest;

  /// how many are kept at each step
  private final int[] counts;

  private final int width;

  /// for each step `width` places, best first
  private final double[] values;

  private final int[] rows;
  private final int[] filled;
  private final List<Labels> labels = new ArrayList<>();
  private final List<Boolean> dropNames = new ArrayList<>();

  /// @param counts how many to keep at each step
  /// @param width the largest of them
  Ranking(boolean largest, int[] counts, int width) {
    this.largest = largest;
    this.counts = counts;
    this.width = width;
    this.values = new double[counts.length * width];
    this.rows = new int[counts.length * width];
    this.filled = new int[counts.length];
  }

  void add(Labels labels, boolean dropName, double[] column) {
    int row = this.labels.size();
    boolean ranked = false;
    for (int step = 0; step < column.length; step++) {
      double value = column[step];
      int worst = step * width + counts[step] - 1;
      boolean full = filled[step] == counts[step];
      if (counts[step] == 0
          || Absent.is(value)
          || (full && !isBetter(value, values[worst], largest))) {
        continue;
      }
      insert(step, value, row, full ? worst : step * width + filled[step]++);
      ranked = true;
    }
    if (ranked) {
      this.labels.add(labels);
      dropNames.add(dropName);
    }
  }

  private void insert(int step, double value, int row, int free) {
    int at = free;
    while (at > step * width && isBetter(value, values[at - 1], largest)) {
      values[at] = values[at - 1];
      rows[at] = rows[at - 1];
      at--;
    }
    values[at] = value;
    rows[at] = row;
  }

  /// At one step alone the best comes first, otherwise whoever came first.
  void result(Budget budget, ColumnSink sink) {
    double[][] columns = new double[labels.size()][0];
    for (int step = 0; step < counts.length; step++) {
      for (int place = 0; place < filled[step]; place++) {
        int row = rows[step * width + place];
        if (columns[row].length == 0) {
          budget.charge(counts.length);
          columns[row] = Absent.column(counts.length);
        }
        columns[row][step] = values[step * width + place];
      }
    }
    for (int i = 0; i < (counts.length == 1 ? filled[0] : columns.length); i++) {
      int row = counts.length == 1 ? rows[i] : i;
      if (columns[row].length > 0) {
        sink.accept(labels.get(row), dropNames.get(row), columns[row]);
      }
    }
  }

  /// NaN is worse than everything.
  static boolean isBetter(double value, double than, boolean largest) {
    if (Double.isNaN(value)) {
      return false;
    }
    return Double.isNaN(than) || (largest ? value > than : value < than);
  }
}
