package dev.sightline.model.series;

import dev.sightline.model.label.Labels;
import java.util.Arrays;

/// Samples on their way into a store: rows of labels, time and value, in any order.
///
/// Owned by one thread; reusable after [#clear] once the call it was given to has returned.
public final class SampleBatch {
  private Labels[] labels = new Labels[64];
  private long[] timestampsMs = new long[64];
  private double[] values = new double[64];
  private int size;

  /// @param labels with `__name__`
  public void add(Labels labels, long timestampMs, double value) {
    if (size == values.length) {
      this.labels = Arrays.copyOf(this.labels, size * 2);
      timestampsMs = Arrays.copyOf(timestampsMs, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    this.labels[size] = labels;
    timestampsMs[size] = timestampMs;
    values[size] = value;
    size++;
  }

  public int size() {
    return size;
  }

  public Labels labels(int index) {
    return labels[index];
  }

  public long timestampMs(int index) {
    return timestampsMs[index];
  }

  public double value(int index) {
    return values[index];
  }

  public void clear() {
    Arrays.fill(labels, 0, size, Labels.EMPTY);
    size = 0;
  }
}
