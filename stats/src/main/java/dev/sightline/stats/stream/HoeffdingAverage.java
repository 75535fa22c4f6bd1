package dev.sightline.stats.stream;

/// A change of the mean of values between 0 and 1, without any assumption on their distribution: I.
/// Frías-Blanco et al., "Online and non-parametric drift detection methods based on Hoeffding's
/// bounds" (2014), the test of averages, known as HDDM_A. For sudden changes.
public final class HoeffdingAverage implements StreamDetector {
  /*
   * The best cut so far is where mean plus bound was least (for a rise) or mean minus bound largest (for
   * a fall). The mean of all is compared with that of the values up to the cut, by Hoeffding's bound
   * for the difference.
   */
  private final double drift;
  private final double warning;
  private final boolean twoSided;
  private final Mean all = new Mean();
  private final Mean lowest = new Mean();
  private final Mean highest = new Mean();

  /// Values so far.
  private static final class Mean {
    private long n;
    private double value;

    void add(double next) {
      n++;
      value += (next - value) / n;
    }

    void set(Mean other) {
      n = other.n;
      value = other.value;
    }

    void clear() {
      n = 0;
      value = 0;
    }

    double bound(double confidence) {
      return Math.sqrt(Math.log(1 / confidence) / (2 * n));
    }
  }

  public HoeffdingAverage() {
    this(0.001, 0.005, false);
  }

  /// @param drift how likely a false alarm may be
  /// @param twoSided whether a fall is a change, too
  public HoeffdingAverage(double drift, double warning, boolean twoSided) {
    this.drift = drift;
    this.warning = warning;
    this.twoSided = twoSided;
  }

  @Override
  public Signal add(double value) {
    all.add(value);
    if (lowest.n == 0) {
      lowest.set(all);
      highest.set(all);
    }
    double bound = all.bound(drift);
    if (lowest.value + lowest.bound(drift) >= all.value + bound) {
      lowest.set(all);
    }
    if (highest.value - highest.bound(drift) <= all.value - bound) {
      highest.set(all);
    }
    double rise = all.value - lowest.value;
    double fall = highest.value - all.value;
    if (isBeyond(rise, lowest, drift) || (twoSided && isBeyond(fall, highest, drift))) {
      all.clear();
      lowest.clear();
      highest.clear();
      return Signal.DRIFT;
    }
    return isBeyond(rise, lowest, warning) || (twoSided && isBeyond(fall, highest, warning))
        ? Signal.WARNING
        : Signal.NONE;
  }

  private boolean isBeyond(double difference, Mean cut, double confidence) {
    if (cut.n == all.n) {
      return false;
    }
    double share = (double) (all.n - cut.n) / cut.n / all.n;
    return difference >= Math.sqrt(share / 2 * Math.log(2 / confidence));
  }

  @Override
  public double[] state() {
    return new double[] {all.n, all.value, lowest.n, lowest.value, highest.n, highest.value};
  }

  @Override
  public void restore(double[] state) {
    int place = 0;
    for (Mean mean : new Mean[] {all, lowest, highest}) {
      mean.n = (long) state[place++];
      mean.value = state[place++];
    }
  }
}
