package dev.sightline.tsdb;

import dev.sightline.model.label.Labels;
import dev.sightline.tsdb.chunk.SampleCursor;
import dev.sightline.tsdb.chunk.StoredSeries;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Samples of one series on their way into a block, in whatever order they come. Of several at one
/// time the last counts.
final class GatheredSeries implements StoredSeries {
  private final Labels labels;
  private long[] timestampsMs = new long[16];
  private double[] values = new double[16];
  private int size;

  GatheredSeries(Labels labels) {
    this.labels = labels;
  }

  void add(long timestampMs, double value) {
    if (size == values.length) {
      timestampsMs = Arrays.copyOf(timestampsMs, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    timestampsMs[size] = timestampMs;
    values[size] = value;
    size++;
  }

  @Override
  public Labels labels() {
    return labels;
  }

  @Override
  public long minMs() {
    return Arrays.stream(timestampsMs, 0, size).min().orElse(Long.MAX_VALUE);
  }

  @Override
  public long maxMs() {
    return Arrays.stream(timestampsMs, 0, size).max().orElse(Long.MIN_VALUE);
  }

  @Override
  public SampleCursor cursor(long startMs, long endMs) {
    int[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingLong((Integer i) -> timestampsMs[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new SampleCursor() {
      private int at = -1;

      @Override
      public boolean next() {
        at++;
        while (at + 1 < size && timestampsMs[order[at + 1]] == timestampsMs[order[at]]) {
          at++;
        }
        return at < size;
      }

      @Override
      public long timestampMs() {
        return timestampsMs[order[at]];
      }

      @Override
      public double value() {
        return values[order[at]];
      }
    };
  }
}
