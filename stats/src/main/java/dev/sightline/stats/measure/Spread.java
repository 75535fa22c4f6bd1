package dev.sightline.stats.measure;

/// The mean and the squared distances to it of numbers that come one by one or merge: T. Chan, G.
/// Golub, R. LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances"
/// (1979). NaN once added stays: the measure has no value on these rows.
public final class Spread {
  private long n;
  private double mean;
  private double squares;
  private final Total total = new Total();

  public long n() {
    return n;
  }

  public void add(double value) {
    n++;
    double off = value - mean;
    mean += off / n;
    squares += off * (value - mean);
    total.add(value);
  }

  void merge(Spread other) {
    if (other.n == 0) {
      return;
    }
    double off = other.mean - mean;
    long both = n + other.n;
    squares += other.squares + off * off * ((double) n * other.n / both);
    mean += off * other.n / both;
    n = both;
    total.add(other.total);
  }

  double sum() {
    return total.value();
  }

  /// The sum of squared distances to the mean.
  double squares() {
    return squares;
  }

  /// With Student's interval. Only with at least one number.
  public Measured mean(double level) {
    double value = total.value() / n;
    return Double.isFinite(value)
        ? Means.of(value, squares, n, level)
        : new Measured.Undefined(n, "a value lies outside of what the measure is defined for");
  }
}
