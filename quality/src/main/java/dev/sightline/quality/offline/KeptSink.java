package dev.sightline.quality.offline;

import dev.sightline.wire.table.ColumnSink;
import org.jspecify.annotations.Nullable;

/// Keeps one column, of whatever it turns out to hold.
final class KeptSink implements ColumnSink {
  private final int mostRows;
  private final KeepRows keep;
  private @Nullable NumberColumn numbers;
  private @Nullable TextColumn texts;
  private long missing;

  KeptSink(KeepRows keep, int columnsAtOnce) {
    this.keep = keep;
    this.mostRows = keep.each(columnsAtOnce);
  }

  @Override
  public void numbers(double[] values, int count) {
    NumberColumn into = numbers;
    if (into == null) {
      into = new NumberColumn(mostRows, keep.sketchBeyond());
      numbers = into;
    }
    into.add(values, count);
  }

  @Override
  public void text(byte[] bytes, int from, int length, long times) {
    TextColumn into = texts;
    if (into == null) {
      // A text is about as large as eight numbers.
      into = new TextColumn(Math.max(1_024, mostRows / 8));
      texts = into;
    }
    into.add(bytes, from, length, times);
  }

  @Override
  public void missing(long rows) {
    missing += rows;
  }

  /// What was kept, when all is read. A column without any value is one of numbers.
  ColumnKept kept() {
    TextColumn read = texts;
    if (read != null) {
      read.addMissing(missing);
      read.finish();
      return read;
    }
    NumberColumn column = numbers;
    if (column == null) {
      column = new NumberColumn(mostRows, keep.sketchBeyond());
    }
    column.addMissing(missing);
    column.finish();
    return column;
  }
}
