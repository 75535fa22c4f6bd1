package dev.sightline.promql.eval;

import dev.sightline.model.histogram.HistogramBucket;
import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.query.Position;
import java.util.List;

/// Quantiles and fractions of one native histogram.
final class HistogramQuantile {
  /*
   * Within a bucket observations are taken to be spread evenly on a logarithmic scale; in custom buckets and the zero
   * bucket evenly. The zero bucket begins or ends at 0 if the histogram has only buckets on the other side.
   * Observations that are NaN are counted but in no bucket: the sum is NaN then, and they count as the highest.
   */
  private final NativeHistogram histogram;
  private final List<HistogramBucket> buckets;
  private final String metric;
  private final Notes notes;
  private final Position position;

  /// @param metric its name, for notes
  /// @param position of the expression that it comes from
  HistogramQuantile(NativeHistogram histogram, String metric, Notes notes, Position position) {
    this.histogram = histogram;
    this.buckets = histogram.buckets();
    this.metric = metric;
    this.notes = notes;
    this.position = position;
  }

  double quantile(double quantile) {
    if (quantile < 0 || quantile > 1) {
      return quantile < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (histogram.count() == 0 || Double.isNaN(quantile)) {
      return Double.NaN;
    }
    // From the nearer end, because less is rounded there; with NaNs only from below.
    boolean upwards = Double.isNaN(histogram.sum()) || quantile < 0.5;
    double rank = (upwards ? quantile : 1 - quantile) * histogram.count();
    double passed = 0;
    HistogramBucket found = null;
    for (int i = 0; i < buckets.size() && (found == null || passed < rank); i++) {
      HistogramBucket bucket = buckets.get(upwards ? i : buckets.size() - 1 - i);
      if (bucket.count() != 0) {
        found = bucket;
        passed += bucket.count();
      }
    }
    if (found == null) {
      return Double.isNaN(histogram.sum()) ? noBucket() : 0;
    }
    return within(found, Math.min(passed, histogram.count()), rank, upwards);
  }

  private double noBucket() {
    notes.quantileIsNaN(metric, position);
    return Double.NaN;
  }

  /// @param passed how many observations lie in this bucket and those passed before
  private double within(HistogramBucket bucket, double passed, double rank, boolean upwards) {
    double lower = bucket.lower();
    double upper = bucket.upper();
    if (histogram.isCustom()) {
      if (lower == Double.NEGATIVE_INFINITY) {
        if (upper <= 0) {
          return upper;
        }
        lower = 0;
      } else if (upper == Double.POSITIVE_INFINITY) {
        return lower;
      }
    } else if (lower < 0 && upper > 0) {
      lower = isOnlyPositive() ? 0 : lower;
      upper = isOnlyNegative() ? 0 : upper;
    }
    if (passed < rank) {
      return Double.isNaN(histogram.sum()) ? noBucket() : upper;
    }
    noteSkew();
    double inBucket = upwards ? rank - (passed - bucket.count()) : passed - rank;
    double share = inBucket / bucket.count();
    if (histogram.isCustom() || (lower <= 0 && upper >= 0)) {
      return lower + (upper - lower) * share;
    }
    double logLower = log2(lower);
    double logUpper = log2(upper);
    return lower > 0
        ? Math.pow(2, logLower + (logUpper - logLower) * share)
        : -Math.pow(2, logUpper + (logLower - logUpper) * (1 - share));
  }

  private void noteSkew() {
    if (Double.isNaN(histogram.sum()) && inBuckets() < histogram.count()) {
      notes.quantileIsSkewed(metric, position);
    }
  }

  private double inBuckets() {
    double all = 0;
    for (HistogramBucket bucket : buckets) {
      all += bucket.count();
    }
    return all;
  }

  private boolean isOnlyPositive() {
    return histogram.negative().size() == 0 && histogram.positive().size() > 0;
  }

  private boolean isOnlyNegative() {
    return histogram.positive().size() == 0 && histogram.negative().size() > 0;
  }

  private static double log2(double value) {
    return Math.log(Math.abs(value)) / Math.log(2);
  }

  /// The share of observations between two values.
  double fraction(double lower, double upper) {
    if (histogram.count() == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
      return Double.NaN;
    }
    if (lower >= upper) {
      return 0;
    }
    double known = histogram.count();
    if (Double.isNaN(histogram.sum())) {
      known = inBuckets();
      if (known < histogram.count()) {
        notes.fractionWithoutNaNs(metric, position);
      }
    }
    double lowerRank = Math.min(rankOf(lower, known), known);
    double upperRank = Math.min(rankOf(upper, known), known);
    return (upperRank - lowerRank) / histogram.count();
  }

  /// How many observations lie below a value.
  private double rankOf(double value, double known) {
    double rank = 0;
    for (HistogramBucket bucket : buckets) {
      double lower = bucket.lower();
      double upper = bucket.upper();
      boolean zero = lower <= 0 && upper >= 0;
      if (zero) {
        lower = isOnlyPositive() ? 0 : lower;
        upper = isOnlyNegative() ? 0 : upper;
      }
      if (lower >= value) {
        return rank;
      }
      if (upper > value) {
        if (lower == Double.NEGATIVE_INFINITY) {
          return bucket.count();
        }
        HistogramBucket bounded = new HistogramBucket(lower, upper, false, false, bucket.count());
        return rank + bucket.count() * bounded.shareBelow(value, zero || histogram.isCustom());
      }
      rank += bucket.count();
    }
    return known;
  }

  /// The variance, with each observation in the middle of its bucket.
  double variance() {
    double mean = histogram.sum() / histogram.count();
    CompensatedSum squares = new CompensatedSum();
    for (HistogramBucket bucket : buckets) {
      if (bucket.count() != 0) {
        double distance = middle(bucket) - mean;
        squares.add(bucket.count() * distance * distance);
      }
    }
    return squares.value() / histogram.count();
  }

  private double middle(HistogramBucket bucket) {
    if (histogram.isCustom()) {
      return (bucket.upper() + bucket.lower()) / 2;
    }
    if (bucket.lower() <= 0 && bucket.upper() >= 0) {
      return 0;
    }
    double geometric = Math.sqrt(bucket.upper() * bucket.lower());
    return bucket.upper() < 0 ? -geometric : geometric;
  }
}
