package dev.sightline.quality.rows;

import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionColumns.Batch;
import java.util.Arrays;

/// When the rows of a selection were predicted.
public final class RowTimes implements RowScan.Visitor {
  private long[] batchTimes = {};
  private long[] times = new long[1024];
  private int count;

  private RowTimes() {}

  /// Rising, Unix milliseconds.
  public static long[] of(PredictionColumns columns, Selection selection, Deadline deadline) {
    RowTimes all = new RowTimes();
    new RowScan(selection, deadline).run(columns, all);
    long[] sorted = Arrays.copyOf(all.times, all.count);
    Arrays.sort(sorted);
    return sorted;
  }

  @Override
  public void begin(Batch batch) {
    batchTimes = batch.timesMs();
  }

  @Override
  public void row(int window, int row) {
    if (count == times.length) {
      times = Arrays.copyOf(times, count * 2);
    }
    times[count++] = batchTimes[row];
  }
}
