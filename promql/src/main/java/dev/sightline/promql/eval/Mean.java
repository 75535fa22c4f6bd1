package dev.sightline.promql.eval;

/// An average that survives sums too large for a float.
final class Mean {
  /*
   * The sum is kept as long as it is finite, because dividing once at the end is most exact. When it would
   * overflow, the mean so far takes its place, and each further value moves it by its share.
   */
  private final CompensatedSum sum = new CompensatedSum();
  private boolean moving;
  private long count;

  void add(double value) {
    count++;
    if (!moving) {
      double total = sum.sum() + value;
      if (!Double.isInfinite(total) || count == 1) {
        sum.add(value);
        return;
      }
      moving = true;
      sum.set(sum.sum() / (count - 1), sum.lost() / (count - 1));
    }
    double share = (double) (count - 1) / count;
    sum.set(share * sum.sum(), share * sum.lost());
    sum.add(value / count);
  }

  long count() {
    return count;
  }

  double value() {
    return moving ? sum.value() : sum.sum() / count + sum.lost() / count;
  }
}
