package dev.sightline.promql.eval;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException;
import dev.sightline.promql.ast.Aggregation;
import dev.sightline.promql.parse.Numbers;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Aggregations that pass some elements of a group on as they are: `topk`, `bottomk`, `limitk`,
/// `limit_ratio`.
final class Selection {
  private final Aggregation aggregation;
  private final double[] parameter;
  private final Budget budget;

  /// @param parameter how many, or which share, at each step
  Selection(Aggregation aggregation, double[] parameter, Budget budget) {
    this.aggregation = aggregation;
    this.parameter = parameter;
    this.budget = budget;
  }

  /// @throws QueryException if the parameter makes no sense
  void check(double value, Notes notes, Position position) {
    boolean ratio = aggregation == Aggregation.LIMIT_RATIO;
    if (Double.isNaN(value)) {
      throw new QueryException.Failed((ratio ? "Ratio" : "Parameter") + " value is NaN");
    }
    if (ratio && Math.abs(value) > 1) {
      notes.badRatio(value, Math.signum(value), position);
    }
    if (!ratio && Math.abs(value) >= Long.MAX_VALUE) {
      throw new QueryException.Failed(
          "Scalar value "
              + Numbers.format(value)
              + (value > 0 ? " overflows int64" : " underflows int64"));
    }
  }

  /// Passes on what is kept; at one step alone, the best comes first.
  void select(List<Row> rows, ColumnSink sink) {
    @Nullable Row[] kept = new Row[rows.size()];
    int[] order = new int[rows.size()];
    int count = 0;
    for (int step = 0; step < parameter.length; step++) {
      int size = candidates(rows, step, order);
      count = rank(rows, step, order, size);
      budget.work(size);
      for (int i = 0; i < count; i++) {
        keep(rows.get(order[i]), kept, order[i], step);
      }
    }
    if (parameter.length > 1) {
      Arrays.setAll(order, i -> i);
      count = order.length;
    }
    for (int i = 0; i < count; i++) {
      Row row = kept[order[i]];
      if (row != null) {
        sink.pass(row.labels(), row.dropName(), row.column(), row.histograms());
      }
    }
  }

  private void keep(Row row, @Nullable Row[] kept, int at, int step) {
    Row target = kept[at];
    if (target == null) {
      target =
          new Row(
              row.labels(),
              row.dropName(),
              Absent.column(parameter.length),
              row.histograms() == null ? null : new NativeHistogram[parameter.length]);
      kept[at] = target;
    }
    target.column()[step] = row.column()[step];
    @Nullable NativeHistogram[] histograms = target.histograms();
    if (histograms != null) {
      histograms[step] = row.histogramAt(step);
    }
  }

  private int candidates(List<Row> rows, int step, int[] order) {
    boolean ranks = aggregation == Aggregation.TOPK || aggregation == Aggregation.BOTTOMK;
    int size = 0;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (ranks ? !Absent.is(row.column()[step]) : row.hasValueAt(step)) {
        order[size++] = i;
      }
    }
    return size;
  }

  /// Brings the elements to keep to the front, best first.
  ///
  /// @return how many are kept
  private int rank(List<Row> rows, int step, int[] order, int size) {
    if (aggregation == Aggregation.LIMIT_RATIO) {
      return sample(rows, Math.clamp(parameter[step], -1, 1), order, size);
    }
    int count = (int) Math.clamp((long) parameter[step], 0L, (long) size);
    if (aggregation == Aggregation.LIMITK) {
      return count;
    }
    sort(rows, step, order, size, aggregation == Aggregation.TOPK);
    return count;
  }

  private static void sort(List<Row> rows, int step, int[] order, int size, boolean largest) {
    Integer[] boxed = new Integer[size];
    Arrays.setAll(boxed, i -> order[i]);
    Arrays.sort(
        boxed,
        (a, b) -> {
          double left = rows.get(a).column()[step];
          double right = rows.get(b).column()[step];
          return Ranking.isBetter(left, right, largest)
              ? -1
              : Ranking.isBetter(right, left, largest) ? 1 : 0;
        });
    for (int i = 0; i < size; i++) {
      order[i] = boxed[i];
    }
  }

  /// A share of the elements by a hash of their labels, the same ones at every step; a negative
  /// share is what its complement leaves.
  private static int sample(List<Row> rows, double share, int[] order, int size) {
    int count = 0;
    for (int i = 0; i < size; i++) {
      double place = place(rows.get(order[i]).labels().hashCode());
      if (share >= 0 ? place < share : place >= 1 + share) {
        order[count++] = order[i];
      }
    }
    return count;
  }

  /// Spreads hashes evenly over 0 to 1, without 1.
  private static double place(int hash) {
    long mixed = (hash ^ 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return ((mixed ^ (mixed >>> 31)) >>> 11) * 0x1.0p-53;
  }
}
