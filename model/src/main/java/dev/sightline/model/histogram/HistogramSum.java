package dev.sightline.model.histogram;

/// A sum of histograms under way. Owned by one thread.
///
/// Histograms of different schemas meet in the lower one, different zero buckets in one that holds
/// both, different custom bounds in those that both have. What single additions round off is kept
/// beside the sums and added at the end.
public final class HistogramSum {
  private int schema;
  private CustomBounds bounds;
  private ResetHint hint;
  private boolean sawReset;
  private boolean sawNoReset;
  private boolean reconciled;
  private double zeroThreshold;
  private double zeroCount;
  private double zeroLost;
  private double count;
  private double countLost;
  private double sum;
  private double sumLost;
  private final BucketSums positive;
  private final BucketSums negative;

  public HistogramSum(NativeHistogram first) {
    schema = first.schema();
    bounds = first.bounds();
    hint = first.hint();
    zeroThreshold = first.zeroThreshold();
    zeroCount = first.zeroCount();
    count = first.count();
    sum = first.sum();
    positive = new BucketSums(first.positive());
    negative = new BucketSums(first.negative());
    look(first);
  }

  /// Whether both have exponential buckets, or both custom ones.
  public boolean accepts(NativeHistogram other) {
    return other.isCustom() == (schema == NativeHistogram.CUSTOM_SCHEMA);
  }

  /// Whether adding `other` leaves only the custom bounds that both have.
  public boolean reconcilesBoundsWith(NativeHistogram other) {
    return other.isCustom() && !bounds.equals(other.bounds());
  }

  /// @param other one that is accepted
  public void add(NativeHistogram other) {
    add(other, 1);
  }

  /// @param other one that is accepted
  public void subtract(NativeHistogram other) {
    add(other, -1);
  }

  private void add(NativeHistogram other, double factor) {
    if (!accepts(other)) {
      throw new IllegalStateException("BUG: histograms that cannot be added");
    }
    look(other);
    hint = hint.combinedWith(other.hint());
    addTotals(other, factor);
    if (other.isCustom()) {
      addCustom(other, factor);
    } else {
      addExponential(other, factor);
    }
  }

  private void look(NativeHistogram other) {
    sawReset |= other.hint() == ResetHint.RESET;
    sawNoReset |= other.hint() == ResetHint.NOT_RESET;
  }

  private void addTotals(NativeHistogram other, double factor) {
    double value = other.count() * factor;
    double total = count + value;
    countLost = Rounding.lostAfter(total, count, value, countLost);
    count = total;
    value = other.sum() * factor;
    total = sum + value;
    sumLost = Rounding.lostAfter(total, sum, value, sumLost);
    sum = total;
  }

  private void addCustom(NativeHistogram other, double factor) {
    if (bounds.equals(other.bounds())) {
      positive.add(other.positive(), factor, Integer.MIN_VALUE);
      return;
    }
    reconciled = true;
    CustomBounds own = bounds;
    CustomBounds common = own.common(other.bounds());
    positive.remap(index -> common.indexOf(own.upper(index)));
    BucketSums mapped = new BucketSums(other.positive());
    mapped.remap(index -> common.indexOf(other.upper(index)));
    positive.add(mapped.result(), factor, Integer.MIN_VALUE);
    bounds = common;
  }

  private void addExponential(NativeHistogram other, double factor) {
    double value = zeroOf(other) * factor;
    double total = zeroCount + value;
    zeroLost = Rounding.lostAfter(total, zeroCount, value, zeroLost);
    zeroCount = total;
    int steps = schema - other.schema();
    if (steps > 0) {
      positive.remap(index -> Buckets.coarser(index, steps));
      negative.remap(index -> Buckets.coarser(index, steps));
      schema = other.schema();
    }
    NativeHistogram same = steps < 0 ? other.coarser(schema) : other;
    int least = ResetDetection.firstOutside(schema, zeroThreshold);
    positive.add(same.positive(), factor, least);
    negative.add(same.negative(), factor, least);
  }

  /// Finds a zero bucket for both, and returns what the other one has in it.
  private double zeroOf(NativeHistogram other) {
    NativeHistogram.Zero theirs =
        new NativeHistogram.Zero(other.zeroThreshold(), other.zeroCount());
    while (theirs.threshold() != zeroThreshold) {
      if (zeroThreshold > theirs.threshold()) {
        theirs = other.widened(zeroThreshold);
      }
      if (theirs.threshold() > zeroThreshold) {
        widen(theirs.threshold());
      }
    }
    return theirs.count();
  }

  private void widen(double threshold) {
    NativeHistogram.Zero zero = result().widened(threshold);
    zeroThreshold = zero.threshold();
    zeroCount = zero.count();
    zeroLost = 0;
    int least = ResetDetection.firstOutside(schema, zeroThreshold);
    positive.dropBelow(least);
    negative.dropBelow(least);
  }

  /// Multiplies everything so far.
  public void scale(double factor) {
    zeroCount *= factor;
    zeroLost *= factor;
    count *= factor;
    countLost *= factor;
    sum *= factor;
    sumLost *= factor;
    positive.scale(factor);
    negative.scale(factor);
  }

  /// Whether adding `other` could exceed what a float holds.
  public boolean couldOverflow(NativeHistogram other) {
    return Double.isInfinite(largest() + new HistogramSum(other).largest());
  }

  private double largest() {
    double totals = Math.max(Math.abs(count), Math.max(Math.abs(sum), Math.abs(zeroCount)));
    return Math.max(totals, Math.max(positive.largest(), negative.largest()));
  }

  /// Whether some summands said that they had started anew, and others that they had not.
  public boolean hintsConflict() {
    return sawReset && sawNoReset;
  }

  /// Whether summands had different custom bounds.
  public boolean boundsReconciled() {
    return reconciled;
  }

  /// The sum so far, with the empty buckets that its summands had.
  public NativeHistogram result() {
    return new NativeHistogram(
        schema,
        count + countLost,
        sum + sumLost,
        zeroThreshold,
        zeroCount + zeroLost,
        positive.result(),
        negative.result(),
        bounds,
        hint);
  }
}
