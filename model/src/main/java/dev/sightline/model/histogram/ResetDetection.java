package dev.sightline.model.histogram;

/// Tells by their counts whether a histogram has started anew since the one before.
final class ResetDetection {
  private ResetDetection() {}

  static boolean isReset(NativeHistogram current, NativeHistogram previous) {
    if (current.count() < previous.count() || current.isCustom() != previous.isCustom()) {
      return true;
    }
    if (current.isCustom()) {
      return current.bounds().equals(previous.bounds())
          ? falls(current.positive(), previous.positive(), Integer.MIN_VALUE)
          : fallsAtCommonBounds(current, previous);
    }
    // Resolution only ever falls, and the zero bucket only ever widens, without a new start.
    if (current.schema() > previous.schema()
        || current.zeroThreshold() < previous.zeroThreshold()) {
      return true;
    }
    NativeHistogram.Zero zero = previous.widened(current.zeroThreshold());
    if (zero.threshold() != current.zeroThreshold() || current.zeroCount() < zero.count()) {
      return true;
    }
    int steps = previous.schema() - current.schema();
    int least = firstOutside(current.schema(), current.zeroThreshold());
    return falls(current.positive(), previous.positive().coarser(steps), least)
        || falls(current.negative(), previous.negative().coarser(steps), least);
  }

  /// The index of the lowest bucket that ends outside the zero bucket.
  static int firstOutside(int schema, double zeroThreshold) {
    if (zeroThreshold <= 0) {
      return Integer.MIN_VALUE;
    }
    double exponent = Math.log(zeroThreshold) / Math.log(2) * Math.scalb(1.0, schema);
    int index = (int) Math.floor(exponent) - 1;
    while (ExponentialBounds.upper(schema, index) <= zeroThreshold) {
      index++;
    }
    return index;
  }

  /// Whether any bucket from index `least` on holds less than it did.
  private static boolean falls(Buckets current, Buckets previous, int least) {
    int at = 0;
    for (int i = 0; i < previous.size(); i++) {
      int index = previous.index(i);
      while (at < current.size() && current.index(at) < index) {
        at++;
      }
      double count = at < current.size() && current.index(at) == index ? current.count(at) : 0;
      boolean gone = at == current.size() || current.index(at) != index;
      if (index >= least && (gone ? previous.count(i) != 0 : count < previous.count(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean fallsAtCommonBounds(NativeHistogram current, NativeHistogram previous) {
    CustomBounds common = current.bounds().common(previous.bounds());
    double[] now = new double[common.size() + 1];
    double[] before = new double[common.size() + 1];
    sumInto(now, current, common);
    sumInto(before, previous, common);
    for (int i = 0; i < now.length; i++) {
      if (now[i] < before[i]) {
        return true;
      }
    }
    return false;
  }

  private static void sumInto(double[] sums, NativeHistogram histogram, CustomBounds common) {
    Buckets buckets = histogram.positive();
    for (int i = 0; i < buckets.size(); i++) {
      sums[common.indexOf(histogram.upper(buckets.index(i)))] += buckets.count(i);
    }
  }
}
