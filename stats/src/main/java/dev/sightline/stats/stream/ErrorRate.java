package dev.sightline.stats.stream;

/// A rising share of errors: J. Gama et al., "Learning with drift detection" (2004), known as DDM.
public final class ErrorRate implements StreamDetector {
  /*
   * The share p of errors so far has deviation s = √(p (1 - p) / n). Where p + s was least, the stream
   * was at its best; a warning is given at two of those deviations above, a change at three.
   */
  private final int minimum;
  private final double warning;
  private final double drift;
  private long n;
  private double share;
  private double bestShare;
  private double bestDeviation;
  private double best = Double.POSITIVE_INFINITY;

  public ErrorRate() {
    this(30, 2, 3);
  }

  public ErrorRate(int minimum, double warning, double drift) {
    this.minimum = minimum;
    this.warning = warning;
    this.drift = drift;
  }

  @Override
  public Signal add(double value) {
    n++;
    share += (value - share) / n;
    double deviation = Math.sqrt(Math.max(0, share * (1 - share)) / n);
    if (n <= minimum) {
      return Signal.NONE;
    }
    double now = share + deviation;
    if (now <= best) {
      bestShare = share;
      bestDeviation = deviation;
      best = now;
    }
    if (now > bestShare + drift * bestDeviation) {
      n = 0;
      share = 0;
      best = Double.POSITIVE_INFINITY;
      return Signal.DRIFT;
    }
    return now > bestShare + warning * bestDeviation ? Signal.WARNING : Signal.NONE;
  }

  @Override
  public double[] state() {
    return new double[] {n, share, bestShare, bestDeviation, best};
  }

  @Override
  public void restore(double[] state) {
    n = (long) state[0];
    share = state[1];
    bestShare = state[2];
    bestDeviation = state[3];
    best = state[4];
  }
}
