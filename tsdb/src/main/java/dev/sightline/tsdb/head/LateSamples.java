package dev.sightline.tsdb.head;

import dev.sightline.tsdb.chunk.SampleCursor;
import java.util.Arrays;

/// Samples that came after later ones of their series, in order of time. Never changes.
final class LateSamples {
  static final LateSamples NONE = new LateSamples(new long[0], new double[0]);

  private final long[] timestampsMs;
  private final double[] values;

  private LateSamples(long[] timestampsMs, double[] values) {
    this.timestampsMs = timestampsMs;
    this.values = values;
  }

  boolean isEmpty() {
    return timestampsMs.length == 0;
  }

  long minMs() {
    return timestampsMs[0];
  }

  long maxMs() {
    return timestampsMs[timestampsMs.length - 1];
  }

  /// @return negative if there is none
  int indexOf(long timestampMs) {
    return Arrays.binarySearch(timestampsMs, timestampMs);
  }

  double value(int index) {
    return values[index];
  }

  /// @param timestampMs that is not among these
  LateSamples with(long timestampMs, double value) {
    int at = -indexOf(timestampMs) - 1;
    long[] moreMs = new long[timestampsMs.length + 1];
    double[] more = new double[moreMs.length];
    System.arraycopy(timestampsMs, 0, moreMs, 0, at);
    System.arraycopy(values, 0, more, 0, at);
    moreMs[at] = timestampMs;
    more[at] = value;
    System.arraycopy(timestampsMs, at, moreMs, at + 1, timestampsMs.length - at);
    System.arraycopy(values, at, more, at + 1, values.length - at);
    return new LateSamples(moreMs, more);
  }

  /// Those at or after a time.
  LateSamples from(long startMs) {
    int found = indexOf(startMs);
    int first = found < 0 ? -found - 1 : found;
    return first == 0
        ? this
        : new LateSamples(
            Arrays.copyOfRange(timestampsMs, first, timestampsMs.length),
            Arrays.copyOfRange(values, first, values.length));
  }

  SampleCursor cursor() {
    return new SampleCursor() {
      private int at = -1;

      @Override
      public boolean next() {
        at++;
        return at < timestampsMs.length;
      }

      @Override
      public long timestampMs() {
        return timestampsMs[at];
      }

      @Override
      public double value() {
        return values[at];
      }
    };
  }
}
