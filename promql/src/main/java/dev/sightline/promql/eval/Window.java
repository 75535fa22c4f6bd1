package dev.sightline.promql.eval;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.series.SampleColumns;
import org.jspecify.annotations.Nullable;

/// The samples of one series that a range function sees at one step: those after [#startMs] up to
/// and including [#endMs].
///
/// It moves from step to step over the series' columns; functions only read it.
final class Window {
  private static final long[] NO_TIMES = {};
  private static final double[] NO_VALUES = {};

  private final Lookup lookup;
  private final long lengthMs;
  private final long beforeMs;
  private final long afterMs;
  private long[] timestampsMs = NO_TIMES;
  private double[] values = NO_VALUES;
  private SampleColumns samples = new SampleColumns(1);
  private int size;
  private int from;
  private int to;
  private int lastFall;
  private int series;
  private int step;

  Window(Lookup lookup, long lengthMs) {
    this(lookup, lengthMs, 0, 0);
  }

  /// @param beforeMs how far before its start samples are seen too
  /// @param afterMs how far after its end
  Window(Lookup lookup, long lengthMs, long beforeMs, long afterMs) {
    this.lookup = lookup;
    this.lengthMs = lengthMs;
    this.beforeMs = beforeMs;
    this.afterMs = afterMs;
  }

  /// Goes before the first step of another series.
  void open(SampleColumns samples) {
    this.samples = samples;
    timestampsMs = samples.timestampsMs();
    values = samples.values();
    size = samples.size();
    from = 0;
    to = 0;
    lastFall = 0;
    series++;
  }

  /// Goes to a step; steps only rise.
  void moveTo(int step) {
    this.step = step;
    long end = endMs();
    long start = end - lengthMs - beforeMs;
    while (to < size && timestampsMs[to] <= end + afterMs) {
      if (to > 0 && values[to] < values[to - 1]) {
        lastFall = to;
      }
      to++;
    }
    while (from < to && timestampsMs[from] <= start) {
      from++;
    }
  }

  int step() {
    return step;
  }

  /// A number of its own for each series.
  int series() {
    return series;
  }

  /// Whether any value is below the one before it.
  boolean falls() {
    return lastFall > from;
  }

  /// Not itself part of the window.
  long startMs() {
    return endMs() - lengthMs;
  }

  long endMs() {
    return lookup.timeMs(step);
  }

  long lengthMs() {
    return lengthMs;
  }

  int size() {
    return to - from;
  }

  /// @param index from 0 to `size() - 1`
  long timestampMs(int index) {
    return timestampsMs[from + index];
  }

  /// @param index from 0 to `size() - 1`
  double value(int index) {
    return values[from + index];
  }

  /// @param index from 0 to `size() - 1`
  /// @return null where the sample is a float
  @Nullable NativeHistogram histogram(int index) {
    return samples.histogram(from + index);
  }

  /// Since when a sample counts, 0 for nobody knows.
  ///
  /// @param index from 0 to `size() - 1`
  long startedMs(int index) {
    return samples.startMs(from + index);
  }

  double first() {
    return values[from];
  }

  double last() {
    return values[to - 1];
  }

  long firstMs() {
    return timestampsMs[from];
  }

  long lastMs() {
    return timestampsMs[to - 1];
  }

  /// The columns themselves: the window is `values()[from()]` up to but without `values()[to()]`.
  double[] values() {
    return values;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }
}
