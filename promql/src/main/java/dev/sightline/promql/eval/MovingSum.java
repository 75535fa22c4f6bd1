package dev.sightline.promql.eval;

/// `sum_over_time` and `avg_over_time` over windows that overlap: each sample is added about twice,
/// however many windows see it.
final class MovingSum implements WindowFunction {
  /*
   * Subtracting what leaves a window would keep its rounding, and an infinity, for ever. So the window is cut in two:
   * of the front part the sums of all its ends are kept, from which the one that begins where the window does is
   * taken; the back part is one sum that grows. When the window has left the front, everything it holds becomes the
   * front. Both parts keep what additions round off, as [CompensatedSum] does.
   */
  private final boolean average;
  private double[] sums = {};
  private double[] lost = {};
  private int base;
  private int cut;
  private int taken;
  private int series;
  private final CompensatedSum back = new CompensatedSum();

  MovingSum(boolean average) {
    this.average = average;
  }

  @Override
  public double apply(Window window) {
    if (series != window.series() || window.from() >= cut) {
      series = window.series();
      turn(window);
    }
    double[] values = window.values();
    for (; taken < window.to(); taken++) {
      back.add(values[taken]);
    }
    int at = window.from() - base;
    double total = sums[at] + back.sum();
    double rest = CompensatedSum.lostAfter(total, sums[at], back.sum(), lost[at] + back.lost());
    if (!average) {
      return total + rest;
    }
    // A sum that is too large for a float has a mean all the same.
    return Double.isInfinite(total)
        ? OverTime.avg(window)
        : total / window.size() + rest / window.size();
  }

  private void turn(Window window) {
    double[] values = window.values();
    base = window.from();
    cut = window.to();
    taken = cut;
    back.reset();
    if (sums.length < window.size()) {
      sums = new double[window.size() + window.size() / 2];
      lost = new double[sums.length];
    }
    double sum = 0;
    double rest = 0;
    for (int i = cut - 1; i >= base; i--) {
      double total = sum + values[i];
      rest = CompensatedSum.lostAfter(total, sum, values[i], rest);
      sum = total;
      sums[i - base] = sum;
      lost[i - base] = rest;
    }
  }
}
