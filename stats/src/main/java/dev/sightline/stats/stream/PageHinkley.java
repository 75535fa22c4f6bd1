package dev.sightline.stats.stream;

/// A change of the mean, up or down: E. Page, "Continuous inspection schemes" (1954). For values
/// whose usual deviation is about 1; others are to be scaled, or the threshold is.
public final class PageHinkley implements StreamDetector {
  /*
   * With d the distance of a value to the mean so far, the sums
   *     U = alpha U + d - delta     and     D = alpha D + d + delta
   * wander around while nothing happens. U far above its least value tells a rise, D far below its
   * largest a fall. As in river, whose defaults these are.
   */
  private final int minimum;
  private final double delta;
  private final double threshold;
  private final double alpha;
  private long n;
  private double mean;
  private double up;
  private double down;
  private double least = Double.POSITIVE_INFINITY;
  private double most = -1;

  public PageHinkley() {
    this(30, 0.005, 50, 0.9999);
  }

  /// @param minimum values before anything is said
  /// @param delta distance to the mean that is tolerated
  /// @param threshold of the sums; larger ones give fewer false alarms
  /// @param alpha how slowly the past is forgotten, just below 1
  public PageHinkley(int minimum, double delta, double threshold, double alpha) {
    this.minimum = minimum;
    this.delta = delta;
    this.threshold = threshold;
    this.alpha = alpha;
  }

  @Override
  public Signal add(double value) {
    n++;
    mean += (value - mean) / n;
    double off = value - mean;
    up = alpha * up + off - delta;
    down = alpha * down + off + delta;
    least = Math.min(least, up);
    most = Math.max(most, down);
    if (n < minimum || (up - least <= threshold && most - down <= threshold)) {
      return Signal.NONE;
    }
    n = 0;
    mean = 0;
    up = 0;
    down = 0;
    least = Double.POSITIVE_INFINITY;
    most = -1;
    return Signal.DRIFT;
  }

  @Override
  public double[] state() {
    return new double[] {n, mean, up, down, least, most};
  }

  @Override
  public void restore(double[] state) {
    n = (long) state[0];
    mean = state[1];
    up = state[2];
    down = state[3];
    least = state[4];
    most = state[5];
  }
}
