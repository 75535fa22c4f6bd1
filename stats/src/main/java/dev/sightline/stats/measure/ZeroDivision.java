package dev.sightline.stats.measure;

/// What a class is worth whose measure would divide by zero, such as the precision of a class that
/// was never predicted.
public enum ZeroDivision {
  ZERO(0),
  ONE(1),
  /// No value: left out of averages, and undefined alone.
  UNDEFINED(Double.NaN);

  private final double value;

  ZeroDivision(double value) {
    this.value = value;
  }

  /// @return NaN where there is no value
  double value() {
    return value;
  }

  double divide(long numerator, long denominator) {
    return divide((double) numerator, (double) denominator);
  }

  public double divide(double numerator, double denominator) {
    return denominator == 0 ? value : numerator / denominator;
  }
}
