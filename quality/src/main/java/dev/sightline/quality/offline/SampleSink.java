package dev.sightline.quality.offline;

import dev.sightline.wire.table.ColumnSink;
import java.util.Arrays;

/// Keeps numbers of a column that stand equally far apart: those of the same rows in every column
/// that lacks none.
final class SampleSink implements ColumnSink {
  private final double[] kept;
  private int count;
  private long rows;
  private long step = 1;
  private boolean lacking;

  /// @param most of which the half at least is kept
  SampleSink(int most) {
    kept = new double[most];
  }

  @Override
  public void numbers(double[] values, int added) {
    for (int each = 0; each < added; each++) {
      if (rows++ % step == 0) {
        if (count == kept.length) {
          thin();
        }
        if ((rows - 1) % step == 0) {
          kept[count++] = values[each];
        }
      }
    }
  }

  /// Every second stays.
  private void thin() {
    count = (count + 1) / 2;
    for (int place = 0; place < count; place++) {
      kept[place] = kept[2 * place];
    }
    step *= 2;
  }

  /// Nobody knows any more which row has which text.
  @Override
  public void text(byte[] bytes, int from, int length, long times) {
    lacking = true;
  }

  @Override
  public void missing(long more) {
    lacking |= more > 0;
  }

  boolean isWhole() {
    return !lacking && rows > 0;
  }

  double[] values() {
    return Arrays.copyOf(kept, count);
  }
}
