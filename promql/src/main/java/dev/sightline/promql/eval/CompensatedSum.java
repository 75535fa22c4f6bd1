package dev.sightline.promql.eval;

/// A sum that keeps what single additions lose, by Kahan and Neumaier.
final class CompensatedSum {
  /*
   * Each addition of floats rounds. The part that is lost can be computed exactly: of the two numbers the larger
   * one minus the result, plus the smaller. The lost parts are summed beside the sum and added once at the end, so
   * that 1 + 1e100 + 1 - 1e100 is 2. Once the sum is infinite there is nothing to compensate.
   */
  private double sum;
  private double lost;

  void reset() {
    set(0, 0);
  }

  void set(double sum, double lost) {
    this.sum = sum;
    this.lost = lost;
  }

  void add(double value) {
    double total = sum + value;
    lost = lostAfter(total, sum, value, lost);
    sum = total;
  }

  double sum() {
    return sum;
  }

  double lost() {
    return lost;
  }

  double value() {
    return sum + lost;
  }

  /// The compensation after adding `value` to `sum` has yielded `total`.
  static double lostAfter(double total, double sum, double value, double lost) {
    if (Double.isInfinite(total)) {
      return 0;
    }
    return Math.abs(sum) >= Math.abs(value)
        ? lost + ((sum - total) + value)
        : lost + ((value - total) + sum);
  }
}
