package dev.sightline.model.series;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Labels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Samples on their way into a store: rows of labels, time and value, in any order.
///
/// Most batches hold floats alone; the column of histograms appears with the first one added. Owned
/// by one thread; reusable after [#clear] once the call it was given to has returned.
public final class SampleBatch {
  private Labels[] labels = new Labels[64];
  private long[] timestampsMs = new long[64];
  private double[] values = new double[64];
  private @Nullable NativeHistogram @Nullable [] histograms;
  private int size;

  /// @param labels with `__name__`
  public void add(Labels labels, long timestampMs, double value) {
    if (size == values.length) {
      this.labels = Arrays.copyOf(this.labels, size * 2);
      timestampsMs = Arrays.copyOf(timestampsMs, size * 2);
      values = Arrays.copyOf(values, size * 2);
      histograms = histograms == null ? null : Arrays.copyOf(histograms, size * 2);
    }
    this.labels[size] = labels;
    timestampsMs[size] = timestampMs;
    values[size] = value;
    size++;
  }

  /// Adds a histogram; its sum stands in the column of values, so that staleness markers are found
  /// there in any case.
  ///
  /// @param labels with `__name__`
  public void add(Labels labels, long timestampMs, NativeHistogram histogram) {
    add(labels, timestampMs, histogram.sum());
    if (histograms == null) {
      histograms = new NativeHistogram[values.length];
    }
    histograms[size - 1] = histogram;
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

  /// @return null if the sample is a float
  public @Nullable NativeHistogram histogram(int index) {
    return histograms == null ? null : histograms[index];
  }

  /// Whether any sample is a histogram.
  public boolean hasHistograms() {
    return histograms != null;
  }

  public void clear() {
    Arrays.fill(labels, 0, size, Labels.EMPTY);
    histograms = null;
    size = 0;
  }
}
