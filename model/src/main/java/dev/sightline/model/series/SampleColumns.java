package dev.sightline.model.series;

import java.util.Arrays;

/// The samples of one series in rising order of time, as two columns that grow.
///
/// Owned by one thread. The arrays are this object's own: read them up to [#size], and not after
/// the next change.
public final class SampleColumns {
  private long[] timestampsMs;
  private double[] values;
  private int size;

  public SampleColumns() {
    this(128);
  }

  public SampleColumns(int capacity) {
    timestampsMs = new long[Math.max(1, capacity)];
    values = new double[Math.max(1, capacity)];
  }

  /// The caller keeps timestamps rising.
  public void add(long timestampMs, double value) {
    if (size == timestampsMs.length) {
      timestampsMs = Arrays.copyOf(timestampsMs, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    timestampsMs[size] = timestampMs;
    values[size] = value;
    size++;
  }

  public int size() {
    return size;
  }

  public long timestampMs(int index) {
    return timestampsMs[index];
  }

  public double value(int index) {
    return values[index];
  }

  /// The column itself, valid up to [#size].
  public long[] timestampsMs() {
    return timestampsMs;
  }

  /// The column itself, valid up to [#size].
  public double[] values() {
    return values;
  }

  /// Empties the columns and keeps their memory.
  public void clear() {
    size = 0;
  }
}
