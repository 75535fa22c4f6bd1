package dev.sightline.model.histogram;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// One sample of a native histogram: the distribution of observations over many buckets.
///
/// With a schema from [#COARSEST_SCHEMA] to [#FINEST_SCHEMA] the buckets are exponential: each
/// power of two is divided into `2^schema`, and bucket i of the positive side ends at `2^(i /
/// 2^schema)`. Values nearer to zero than the threshold are in the zero bucket. With
/// [#CUSTOM_SCHEMA] the bounds are a list, and there are neither a zero bucket nor a negative side.
///
/// Counts are floats, because rates and averages of histograms are histograms too.
///
/// @param negative buckets of negative values, by the index of their mirror image
/// @param bounds of custom buckets
public record NativeHistogram(
    int schema,
    double count,
    double sum,
    double zeroThreshold,
    double zeroCount,
    Buckets positive,
    Buckets negative,
    CustomBounds bounds,
    ResetHint hint) {
  public static final int CUSTOM_SCHEMA = -53;
  public static final int COARSEST_SCHEMA = -4;
  public static final int FINEST_SCHEMA = 8;

  public static final NativeHistogram EMPTY = exponential(0, 0, 0, Buckets.NONE);

  /// A count and the threshold of the zero bucket that it belongs to.
  record Zero(double threshold, double count) {}

  public NativeHistogram {
    boolean custom = schema == CUSTOM_SCHEMA;
    if (!custom && (schema < COARSEST_SCHEMA || schema > FINEST_SCHEMA)) {
      throw new IllegalArgumentException(
          "schema of a histogram must be from -4 to 8, or -53: " + schema);
    }
    if (custom && (zeroCount != 0 || zeroThreshold != 0 || negative.size() > 0)) {
      throw new IllegalArgumentException(
          "a histogram of custom buckets has no zero bucket and no negative ones");
    }
    if (!custom && bounds.size() > 0) {
      throw new IllegalArgumentException("a histogram of exponential buckets has no custom bounds");
    }
    int last = positive.size() == 0 ? 0 : positive.index(positive.size() - 1);
    if (custom && (last > bounds.size() || (positive.size() > 0 && positive.index(0) < 0))) {
      throw new IllegalArgumentException(
          "custom bucket " + last + " but only " + bounds.size() + " bounds");
    }
  }

  /// A histogram of positive values alone.
  public static NativeHistogram exponential(
      int schema, double count, double sum, Buckets positive) {
    return new NativeHistogram(
        schema, count, sum, 0, 0, positive, Buckets.NONE, CustomBounds.NONE, ResetHint.UNKNOWN);
  }

  public static NativeHistogram custom(
      CustomBounds bounds, double count, double sum, Buckets buckets) {
    return new NativeHistogram(
        CUSTOM_SCHEMA, count, sum, 0, 0, buckets, Buckets.NONE, bounds, ResetHint.UNKNOWN);
  }

  public boolean isCustom() {
    return schema == CUSTOM_SCHEMA;
  }

  /// How many numbers it takes to keep it, about.
  public int size() {
    return 8 + positive.size() + negative.size();
  }

  /// The upper bound of a bucket of positive values.
  public double upper(int index) {
    return isCustom() ? bounds.upper(index) : ExponentialBounds.upper(schema, index);
  }

  /// The lower bound of a bucket of positive values.
  public double lower(int index) {
    return isCustom() ? bounds.lower(index) : ExponentialBounds.upper(schema, index - 1);
  }

  /// All buckets, the lowest first. Those that reach into the zero bucket are cut off there.
  public List<HistogramBucket> buckets() {
    List<HistogramBucket> buckets = new ArrayList<>(positive.size() + negative.size() + 1);
    for (int i = 0; i < negative.size(); i++) {
      int index = negative.index(i);
      buckets.add(bucket(-upper(index), -lower(index), negative.count(i), false));
    }
    Collections.reverse(buckets);
    if (zeroCount > 0) {
      buckets.add(new HistogramBucket(-zeroThreshold, zeroThreshold, true, true, zeroCount));
    }
    for (int i = 0; i < positive.size(); i++) {
      int index = positive.index(i);
      buckets.add(bucket(lower(index), upper(index), positive.count(i), index == 0));
    }
    return buckets;
  }

  private HistogramBucket bucket(double lower, double upper, double count, boolean first) {
    if (isCustom()) {
      return new HistogramBucket(lower, upper, first, true, count);
    }
    boolean cutBelow = lower > 0 && lower < zeroThreshold;
    boolean cutAbove = upper < 0 && upper > -zeroThreshold;
    return new HistogramBucket(
        cutBelow ? zeroThreshold : lower,
        cutAbove ? -zeroThreshold : upper,
        lower < 0,
        upper > 0,
        count);
  }

  /// The bucket of values around zero.
  public HistogramBucket zeroBucket() {
    return new HistogramBucket(-zeroThreshold, zeroThreshold, true, true, zeroCount);
  }

  /// All counts and the sum multiplied. A negative factor makes a gauge of it.
  public NativeHistogram times(double factor) {
    return new NativeHistogram(
        schema,
        count * factor,
        sum * factor,
        zeroThreshold,
        zeroCount * factor,
        positive.times(factor),
        negative.times(factor),
        bounds,
        factor < 0 ? ResetHint.GAUGE : hint);
  }

  /// As [#times]; division by zero leaves no buckets.
  public NativeHistogram dividedBy(double divisor) {
    boolean byZero = divisor == 0;
    return new NativeHistogram(
        schema,
        count / divisor,
        sum / divisor,
        zeroThreshold,
        isCustom() ? 0 : zeroCount / divisor,
        byZero ? Buckets.NONE : positive.dividedBy(divisor),
        byZero ? Buckets.NONE : negative.dividedBy(divisor),
        bounds,
        divisor < 0 ? ResetHint.GAUGE : hint);
  }

  /// Without empty buckets.
  @SuppressWarnings("ReferenceEquality") // buckets without empty ones are given back as they are
  public NativeHistogram compacted() {
    Buckets fullPositive = positive.compacted();
    Buckets fullNegative = negative.compacted();
    return fullPositive == positive && fullNegative == negative
        ? this
        : with(schema, fullPositive, fullNegative, hint);
  }

  /// With the buckets of a lower schema.
  ///
  /// @throws IllegalArgumentException if it is higher, or these are custom buckets
  public NativeHistogram coarser(int lowerSchema) {
    if (lowerSchema == schema) {
      return this;
    }
    if (lowerSchema > schema || isCustom() || lowerSchema < COARSEST_SCHEMA) {
      throw new IllegalArgumentException("schema " + lowerSchema + " from " + schema);
    }
    int steps = schema - lowerSchema;
    return with(lowerSchema, positive.coarser(steps), negative.coarser(steps), ResetHint.UNKNOWN);
  }

  public NativeHistogram withHint(ResetHint newHint) {
    return newHint == hint ? this : with(schema, positive, negative, newHint);
  }

  private NativeHistogram with(
      int newSchema, Buckets newPositive, Buckets newNegative, ResetHint newHint) {
    return new NativeHistogram(
        newSchema, count, sum, zeroThreshold, zeroCount, newPositive, newNegative, bounds, newHint);
  }

  /// Whether all but the hints are the same, NaN like NaN. Empty buckets count.
  public boolean sameAs(NativeHistogram other) {
    return withHint(ResetHint.UNKNOWN).equals(other.withHint(ResetHint.UNKNOWN));
  }

  /// Whether this histogram has started anew since `previous`, by its hint or by its counts.
  public boolean resetSince(NativeHistogram previous) {
    return switch (hint) {
      case RESET -> true;
      case NOT_RESET -> false;
      case UNKNOWN, GAUGE -> ResetDetection.isReset(this, previous);
    };
  }

  /// What the zero bucket would hold with a larger threshold. Where that lies within a bucket that
  /// is not empty, the threshold grows to the bucket's end.
  Zero widened(double largerThreshold) {
    double threshold = largerThreshold;
    while (true) {
      double total = zeroCount;
      double end = threshold;
      for (int i = 0; i < positive.size() && lower(positive.index(i)) < end; i++) {
        total += positive.count(i);
        boolean crosses = upper(positive.index(i)) > end && positive.count(i) != 0;
        end = crosses ? upper(positive.index(i)) : end;
      }
      threshold = end;
      for (int i = 0; i < negative.size() && lower(negative.index(i)) < end; i++) {
        total += negative.count(i);
        boolean crosses = upper(negative.index(i)) > end && negative.count(i) != 0;
        end = crosses ? upper(negative.index(i)) : end;
      }
      if (end == threshold) {
        return new Zero(end, total);
      }
      threshold = end;
    }
  }
}
