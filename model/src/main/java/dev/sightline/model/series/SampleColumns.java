package dev.sightline.model.series;

import dev.sightline.model.histogram.NativeHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The samples of one series in rising order of time, as columns that grow.
///
/// Most series have floats alone; the columns of histograms and of start times appear with the
/// first one added. Owned by one thread. The arrays are this object's own: read them up to [#size],
/// and not after the next change.
public final class SampleColumns {
  /// The start time of a sample that has none.
  public static final long NO_START = 0;

  private long[] timestampsMs;
  private double[] values;
  private @Nullable NativeHistogram @Nullable [] histograms;
  private long @Nullable [] startsMs;
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
      grow();
    }
    timestampsMs[size] = timestampMs;
    values[size] = value;
    size++;
  }

  /// Adds a histogram; its sum stands in the column of values, so that staleness markers are found
  /// there in any case.
  public void add(long timestampMs, NativeHistogram histogram) {
    add(timestampMs, histogram.sum());
    if (histograms == null) {
      histograms = new NativeHistogram[timestampsMs.length];
    }
    histograms[size - 1] = histogram;
  }

  /// Says since when the sample added last has been counting.
  public void startedAt(long startMs) {
    if (startMs == NO_START && startsMs == null) {
      return;
    }
    if (startsMs == null) {
      startsMs = new long[timestampsMs.length];
    }
    startsMs[size - 1] = startMs;
  }

  /// Adds the sample at `index` of other columns.
  public void addFrom(SampleColumns other, int index) {
    NativeHistogram histogram = other.histogram(index);
    if (histogram == null) {
      add(other.timestampMs(index), other.value(index));
    } else {
      add(other.timestampMs(index), histogram);
    }
    startedAt(other.startMs(index));
  }

  private void grow() {
    int capacity = size * 2;
    timestampsMs = Arrays.copyOf(timestampsMs, capacity);
    values = Arrays.copyOf(values, capacity);
    histograms = histograms == null ? null : Arrays.copyOf(histograms, capacity);
    startsMs = startsMs == null ? null : Arrays.copyOf(startsMs, capacity);
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

  /// @return null if the sample is a float
  public @Nullable NativeHistogram histogram(int index) {
    return histograms == null ? null : histograms[index];
  }

  /// Whether any sample may be a histogram.
  public boolean hasHistograms() {
    return histograms != null;
  }

  /// Since when the sample has been counting, or [#NO_START].
  public long startMs(int index) {
    return startsMs == null ? NO_START : startsMs[index];
  }

  public boolean hasStarts() {
    return startsMs != null;
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
    histograms = null;
    startsMs = null;
  }
}
