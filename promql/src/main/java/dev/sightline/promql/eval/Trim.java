package dev.sightline.promql.eval;

import dev.sightline.model.histogram.Buckets;
import dev.sightline.model.histogram.HistogramBucket;
import dev.sightline.model.histogram.NativeHistogram;

/// The part of a histogram below or above a value: `histogram </ 5` and `histogram >/ 5`.
final class Trim {
  /*
   * A bucket that the value lies in keeps the share of its observations on the right side, by linear interpolation in
   * custom buckets and the zero bucket, on a logarithmic scale in others. The sum becomes what the middles of the
   * buckets that remain add up to. Of buckets without an end nobody knows how observations are spread in them: they
   * stay or go as a whole, except that the lowest custom bucket begins at 0 where its end is positive.
   */
  private final NativeHistogram histogram;
  private final double limit;
  private final boolean below;
  private double count;
  private double sum;
  private boolean trimmed;

  /// @param below whether what lies below the limit stays
  Trim(NativeHistogram histogram, double limit, boolean below) {
    this.histogram = histogram;
    this.limit = limit;
    this.below = below;
  }

  NativeHistogram result() {
    Buckets positive = side(histogram.positive(), true);
    Buckets negative = side(histogram.negative(), false);
    double zeroCount = histogram.zeroCount();
    if (zeroCount > 0) {
      zeroCount = zero(isPopulated(histogram.negative()), isPopulated(histogram.positive()));
    }
    if (!trimmed) {
      return histogram;
    }
    return new NativeHistogram(
            histogram.schema(),
            count,
            sum,
            histogram.zeroThreshold(),
            zeroCount,
            positive,
            negative,
            histogram.bounds(),
            histogram.hint())
        .compacted();
  }

  private static boolean isPopulated(Buckets buckets) {
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.count(i) != 0) {
        return true;
      }
    }
    return false;
  }

  private Buckets side(Buckets buckets, boolean positive) {
    int[] indices = new int[buckets.size()];
    double[] counts = new double[buckets.size()];
    for (int i = 0; i < counts.length; i++) {
      indices[i] = buckets.index(i);
      double near = histogram.lower(indices[i]);
      double far = histogram.upper(indices[i]);
      HistogramBucket bucket =
          new HistogramBucket(
              positive ? near : -far, positive ? far : -near, false, false, buckets.count(i));
      counts[i] = bucket.count() == 0 ? 0 : kept(bucket, positive);
      trimmed |= counts[i] != bucket.count();
    }
    return Buckets.of(indices, counts);
  }

  private double kept(HistogramBucket bucket, boolean positive) {
    boolean stays = below ? bucket.upper() <= limit : bucket.lower() >= limit;
    boolean goes = below ? bucket.lower() >= limit : bucket.upper() <= limit;
    if (stays) {
      return add(bucket.count(), middle(bucket.lower(), bucket.upper(), positive));
    }
    if (goes) {
      return 0;
    }
    if (bucket.lower() == Double.NEGATIVE_INFINITY) {
      return keptOfLowest(bucket);
    }
    if (bucket.upper() == Double.POSITIVE_INFINITY) {
      return below ? 0 : add(bucket.count(), limit);
    }
    double under = bucket.count() * bucket.shareBelow(limit, histogram.isCustom());
    return below
        ? add(under, middle(bucket.lower(), limit, positive))
        : add(bucket.count() - under, middle(limit, bucket.upper(), positive));
  }

  /// Of the bucket without a lower end, which only custom bounds have.
  private double keptOfLowest(HistogramBucket bucket) {
    double upper = bucket.upper();
    boolean finite = upper != Double.POSITIVE_INFINITY;
    if (below) {
      if (limit > 0 && upper > 0 && finite) {
        return add(bucket.count() * limit / upper, limit / 2);
      }
      return upper <= 0 ? add(bucket.count(), limit) : 0;
    }
    return limit >= 0 && upper > limit && finite
        ? add(bucket.count() * (1 - limit / upper), (limit + upper) / 2)
        : 0;
  }

  /// The zero bucket reaches only to 0 on a side without observations.
  private double zero(boolean hasNegative, boolean hasPositive) {
    double lower = hasPositive && !hasNegative ? 0 : -histogram.zeroThreshold();
    double upper = hasNegative && !hasPositive ? 0 : histogram.zeroThreshold();
    double whole = histogram.zeroCount();
    double kept;
    if (limit <= lower || limit >= upper) {
      boolean stays = below ? limit > lower : limit <= lower;
      kept = stays ? add(whole, (lower + upper) / 2) : 0;
    } else {
      double share = (below ? limit - lower : upper - limit) / (upper - lower);
      kept = add(whole * share, below ? (lower + limit) / 2 : (limit + upper) / 2);
    }
    trimmed |= kept != whole;
    return kept;
  }

  private double add(double kept, double middle) {
    count += kept;
    sum += middle * kept;
    return kept;
  }

  private double middle(double lower, double upper, boolean positive) {
    if (Double.isInfinite(lower)) {
      if (Double.isInfinite(upper)) {
        return 0;
      }
      return upper > 0 ? upper / 2 : upper;
    }
    if (Double.isInfinite(upper)) {
      return lower;
    }
    if (histogram.isCustom()) {
      return (lower + upper) / 2;
    }
    double geometric = Math.sqrt(Math.abs(lower * upper));
    return positive ? geometric : -geometric;
  }
}
