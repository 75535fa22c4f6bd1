package dev.sightline.stats.measure;

/// A sum that does not lose what is small: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren
/// zur Summation endlicher Summen" (1974).
final class Total {
  private double sum;
  private double lost;

  void add(double value) {
    double next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
    sum = next;
  }

  void add(Total other) {
    add(other.sum);
    lost += other.lost;
  }

  double value() {
    return sum + lost;
  }
}
