package dev.sightline.promql.eval;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The buckets of one classic histogram, looked at step by step.
final class Histogram {
  /*
   * A bucket counts all observations up to its upper bound; the last must have the bound +Inf. Within a bucket
   * observations are taken to be spread evenly. The lowest bucket begins at 0 if its bound is positive. Counts that
   * come from different scrapes can fall from a bucket to the next: differences below a trillionth are taken for
   * rounding, larger ones are flattened and reported.
   */
  private static final double ROUNDING = 1e-12;

  /// One bucket at all steps.
  static final class Bucket {
    private final double upperBound;
    private final double[] column;

    /// @param column the cumulative count at each step, or [Absent]
    Bucket(double upperBound, double[] column) {
      this.upperBound = upperBound;
      this.column = column;
    }

    double upperBound() {
      return upperBound;
    }
  }

  private final Bucket[] buckets;

  /// bounds and counts of the buckets present at the current step, equal bounds joined
  private final double[] bounds;

  private final double[] counts;
  private int size;
  private double lowest;
  private double highest;
  private double most;

  Histogram(List<Bucket> buckets) {
    this.buckets =
        buckets.stream()
            .sorted(Comparator.comparingDouble(Bucket::upperBound))
            .toArray(Bucket[]::new);
    this.bounds = new double[this.buckets.length];
    this.counts = new double[this.buckets.length];
  }

  /// @return whether any bucket has a count at this step
  boolean moveTo(int step) {
    size = 0;
    for (Bucket bucket : buckets) {
      double count = bucket.column[step];
      if (Absent.is(count)) {
        continue;
      }
      if (size > 0 && bounds[size - 1] == bucket.upperBound) {
        counts[size - 1] += count;
      } else {
        bounds[size] = bucket.upperBound;
        counts[size++] = count;
      }
    }
    return size > 0;
  }

  /// By how much the last quantile needed its counts lifted, or null.
  @Nullable Flattening flattening(long timeMs) {
    return most > 0 ? new Flattening(timeMs, timeMs, lowest, highest, most, 1) : null;
  }

  double quantile(double quantile) {
    lowest = Double.POSITIVE_INFINITY;
    highest = Double.NEGATIVE_INFINITY;
    most = 0;
    if (Double.isNaN(quantile) || bounds[size - 1] != Double.POSITIVE_INFINITY) {
      return Double.NaN;
    }
    if (quantile < 0 || quantile > 1) {
      return quantile < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    flatten();
    double total = counts[size - 1];
    if (size < 2 || total == 0 || Double.isNaN(total)) {
      return Double.NaN;
    }
    double rank = quantile * total;
    int bucket = 0;
    while (bucket < size - 1 && counts[bucket] < rank) {
      bucket++;
    }
    if (bucket == size - 1) {
      return bounds[size - 2];
    }
    if (bucket == 0 && bounds[0] <= 0) {
      return bounds[0];
    }
    double start = bucket == 0 ? 0 : bounds[bucket - 1];
    double before = bucket == 0 ? 0 : counts[bucket - 1];
    double inBucket = counts[bucket] - before;
    return start + (bounds[bucket] - start) * ((rank - before) / inBucket);
  }

  /// The share of observations between two values.
  double fraction(double lower, double upper) {
    double total = counts[size - 1];
    if (bounds[size - 1] != Double.POSITIVE_INFINITY
        || Double.isNaN(lower)
        || Double.isNaN(upper)
        || total == 0
        || Double.isNaN(total)) {
      return Double.NaN;
    }
    return lower >= upper ? 0 : (rankAt(upper) - rankAt(lower)) / total;
  }

  /// How many observations lie below a value.
  private double rankAt(double value) {
    if (value == Double.POSITIVE_INFINITY) {
      return counts[size - 1];
    }
    double before = 0;
    double start = bounds[0] > 0 ? 0 : Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      if (value <= start) {
        return before;
      }
      if (value < bounds[i]) {
        // Nothing is known of how observations lie in a bucket without an end: it is left out.
        if (Double.isInfinite(start)) {
          return counts[i];
        }
        return Double.isInfinite(bounds[i])
            ? before
            : before + (counts[i] - before) * (value - start) / (bounds[i] - start);
      }
      before = counts[i];
      start = bounds[i];
    }
    return counts[size - 1];
  }

  private void flatten() {
    double before = counts[0];
    for (int i = 1; i < size; i++) {
      double count = counts[i];
      if (count < before && !isRounding(before, count)) {
        lowest = Math.min(lowest, bounds[i]);
        highest = Math.max(highest, bounds[i]);
        most = Math.max(most, before - count);
      }
      if (count < before || isRounding(before, count)) {
        counts[i] = before;
      } else {
        before = count;
      }
    }
  }

  private static boolean isRounding(double a, double b) {
    double distance = Math.abs(a - b);
    return a == b || distance < ROUNDING * Math.min(Math.abs(a) + Math.abs(b), Double.MAX_VALUE);
  }
}
