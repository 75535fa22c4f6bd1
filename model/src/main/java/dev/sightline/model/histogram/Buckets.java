package dev.sightline.model.histogram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The counts of the buckets on one side of zero, by rising index; what is not listed is empty.
public final class Buckets {
  public static final Buckets NONE = new Buckets(new int[0], new double[0]);

  private final int[] indices;
  private final double[] counts;

  /// @param indices rising; owned from now on, as `counts` is
  Buckets(int[] indices, double[] counts) {
    this.indices = indices;
    this.counts = counts;
  }

  /// @param indices rising, one for each count
  /// @throws IllegalArgumentException if they do not rise
  public static Buckets of(int[] indices, double[] counts) {
    if (indices.length != counts.length) {
      throw new IllegalArgumentException(
          indices.length + " indices for " + counts.length + " buckets");
    }
    for (int i = 1; i < indices.length; i++) {
      if (indices[i] <= indices[i - 1]) {
        throw new IllegalArgumentException("indices of buckets must rise");
      }
    }
    return indices.length == 0 ? NONE : new Buckets(indices.clone(), counts.clone());
  }

  /// Neighbouring buckets from `firstIndex` on.
  public static Buckets from(int firstIndex, double... counts) {
    int[] indices = new int[counts.length];
    Arrays.setAll(indices, i -> firstIndex + i);
    return new Buckets(indices, counts.clone());
  }

  /// @throws IllegalArgumentException if the spans do not have as many buckets as there are counts,
  ///   or reach back
  public static Buckets ofSpans(List<BucketSpan> spans, double[] counts) {
    int[] indices = new int[counts.length];
    int size = 0;
    long next = 0;
    for (int s = 0; s < spans.size(); s++) {
      BucketSpan span = spans.get(s);
      next += span.offset();
      if ((s > 0 && span.offset() < 0) || span.length() > counts.length - size) {
        throw new IllegalArgumentException("spans and " + counts.length + " buckets do not fit");
      }
      for (int i = 0; i < span.length(); i++) {
        indices[size++] = Math.toIntExact(next++);
      }
    }
    if (size != counts.length) {
      throw new IllegalArgumentException(
          "spans of " + size + " buckets, but " + counts.length + " counts");
    }
    return size == 0 ? NONE : new Buckets(indices, counts.clone());
  }

  /// The runs of neighbouring indices.
  public List<BucketSpan> spans() {
    List<BucketSpan> spans = new ArrayList<>();
    int start = 0;
    int before = 0;
    for (int i = 1; i <= indices.length; i++) {
      if (i == indices.length || indices[i] != indices[i - 1] + 1) {
        spans.add(new BucketSpan(indices[start] - before, i - start));
        before = indices[i - 1] + 1;
        start = i;
      }
    }
    return spans;
  }

  public int size() {
    return indices.length;
  }

  /// @param place from 0 to `size() - 1`
  public int index(int place) {
    return indices[place];
  }

  /// @param place from 0 to `size() - 1`
  public double count(int place) {
    return counts[place];
  }

  /// The counts in a new array.
  public double[] counts() {
    return counts.clone();
  }

  Buckets times(double factor) {
    double[] scaled = new double[counts.length];
    Arrays.setAll(scaled, i -> counts[i] * factor);
    return new Buckets(indices, scaled);
  }

  Buckets dividedBy(double divisor) {
    double[] scaled = new double[counts.length];
    Arrays.setAll(scaled, i -> counts[i] / divisor);
    return new Buckets(indices, scaled);
  }

  /// Without the buckets whose count is 0.
  Buckets compacted() {
    int full = 0;
    for (double count : counts) {
      full += count == 0 ? 0 : 1;
    }
    if (full == counts.length) {
      return this;
    }
    int[] keptIndices = new int[full];
    double[] keptCounts = new double[full];
    int size = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 0) {
        keptIndices[size] = indices[i];
        keptCounts[size++] = counts[i];
      }
    }
    return new Buckets(keptIndices, keptCounts);
  }

  /// With the buckets merged that are one in a schema lower by `steps`.
  Buckets coarser(int steps) {
    if (steps == 0 || indices.length == 0) {
      return this;
    }
    int[] merged = new int[indices.length];
    double[] sums = new double[indices.length];
    int size = 0;
    for (int i = 0; i < indices.length; i++) {
      int index = coarser(indices[i], steps);
      if (size > 0 && merged[size - 1] == index) {
        sums[size - 1] += counts[i];
      } else {
        merged[size] = index;
        sums[size++] = counts[i];
      }
    }
    return new Buckets(Arrays.copyOf(merged, size), Arrays.copyOf(sums, size));
  }

  /// Upper bounds belong to their buckets, so indices are divided upwards.
  static int coarser(int index, int steps) {
    return ((index - 1) >> steps) + 1;
  }

  /// The same indices, and counts of the same bits.
  @Override
  public boolean equals(Object other) {
    return other instanceof Buckets that
        && Arrays.equals(indices, that.indices)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(indices) + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return Arrays.toString(indices) + Arrays.toString(counts);
  }
}
