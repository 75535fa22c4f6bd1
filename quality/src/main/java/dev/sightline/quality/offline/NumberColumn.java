package dev.sightline.quality.offline;

import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.sketch.NumberSketch;
import dev.sightline.wire.table.BadTableException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What was kept of a column of numbers: every row, or a sketch and, where there are few distinct
/// values, their counts.
final class NumberColumn implements ColumnKept {
  private static final int FIRST = 1 << 12;

  private final int mostRows;
  private final boolean sketchBeyond;
  private double[] rows = new double[0];
  private int count;
  private long missing;
  private @Nullable NumberSketch sketch;
  private @Nullable FewValues few;
  private @Nullable SortedColumn sorted;

  NumberColumn(int mostRows, boolean sketchBeyond) {
    this.mostRows = mostRows;
    this.sketchBeyond = sketchBeyond;
  }

  void add(double[] values, int added) {
    NumberSketch kept = sketch;
    if (kept != null) {
      sketch(kept, values, added);
    } else if (added <= mostRows - count) {
      keep(values, added);
    } else if (sketchBeyond) {
      NumberSketch fresh = new NumberSketch(NumberSketch.DAY);
      sketch = fresh;
      few = new FewValues();
      sketch(fresh, rows, count);
      rows = new double[0];
      sketch(fresh, values, added);
    } else {
      throw new BadTableException(
          "more than "
              + mostRows
              + " rows do not fit into memory: without --exact they are sketched");
    }
  }

  private void sketch(NumberSketch into, double[] values, int added) {
    FewValues counted = few;
    if (counted != null && !counted.add(values, added)) {
      few = null;
    }
    into.add(values, added);
  }

  private void keep(double[] values, int added) {
    if (count + added > rows.length) {
      int wanted = (int) Math.min(mostRows, Math.max(2L * rows.length, FIRST));
      rows = Arrays.copyOf(rows, Math.max(wanted, count + added));
    }
    System.arraycopy(values, 0, rows, count, added);
    count += added;
  }

  void addMissing(long more) {
    missing += more;
  }

  /// Sorts what was kept; to be called once, when all is read.
  void finish() {
    if (sketch == null) {
      sorted = SortedColumn.of(count == rows.length ? rows : Arrays.copyOf(rows, count));
      rows = new double[0];
    }
  }

  /// @return null where rows were not kept
  @Nullable SortedColumn sorted() {
    return sorted;
  }

  /// @return null where there were too many distinct values, or rows are kept
  @Nullable FewValues few() {
    return few;
  }

  /// The sketch, made of the rows where those were kept.
  NumberSketch sketch() {
    NumberSketch kept = sketch;
    if (kept == null) {
      kept = new NumberSketch(NumberSketch.DAY);
      SortedColumn all = java.util.Objects.requireNonNull(sorted, "BUG: not finished");
      double[] values = all.toArray();
      kept.add(values, values.length);
    }
    return kept;
  }

  @Override
  public boolean isExact() {
    return sorted != null;
  }

  @Override
  public long n() {
    SortedColumn all = sorted;
    return all != null ? all.n() : sketch().n();
  }

  /// NaN counts as missing.
  @Override
  public long missing() {
    SortedColumn all = sorted;
    return missing + (all != null ? all.missing() : sketch().notANumber());
  }

  @Override
  public long infinite() {
    SortedColumn all = sorted;
    return all != null ? all.infinite() : sketch().infinite();
  }
}
