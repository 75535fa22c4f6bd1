package dev.sightline.stats.stream;

import java.util.List;

/// The same question as [HoeffdingAverage] for averages that forget, by McDiarmid's bound: HDDM_W.
/// For gradual changes.
public final class HoeffdingWeighted implements StreamDetector {
  private final double drift;
  private final double warning;
  private final double forgetting;
  private final boolean twoSided;
  private final Weighted all = new Weighted();
  private final Weighted beforeRise = new Weighted();
  private final Weighted sinceRise = new Weighted();
  private final Weighted beforeFall = new Weighted();
  private final Weighted sinceFall = new Weighted();
  private double riseCut = Double.POSITIVE_INFINITY;
  private double fallCut = Double.NEGATIVE_INFINITY;

  /// An average in which each value weighs less than the one after.
  private final class Weighted {
    private boolean begun;
    private double value;

    /// The sum of squared weights.
    private double weight = 1;

    void add(double next) {
      value = begun ? forgetting * next + (1 - forgetting) * value : next;
      begun = true;
      weight = forgetting * forgetting + (1 - forgetting) * (1 - forgetting) * weight;
    }

    void set(Weighted other) {
      begun = other.begun;
      value = other.value;
      weight = other.weight;
    }

    void clear() {
      begun = false;
      value = 0;
      weight = 1;
    }
  }

  public HoeffdingWeighted() {
    this(0.001, 0.005, 0.05, false);
  }

  /// @param forgetting the weight of the newest value
  public HoeffdingWeighted(double drift, double warning, double forgetting, boolean twoSided) {
    this.drift = drift;
    this.warning = warning;
    this.forgetting = forgetting;
    this.twoSided = twoSided;
  }

  @Override
  public Signal add(double value) {
    all.add(value);
    double bound = bound(all.weight, drift);
    if (all.value + bound < riseCut) {
      riseCut = all.value + bound;
      beforeRise.set(all);
      sinceRise.clear();
    } else {
      sinceRise.add(value);
    }
    boolean risen = isAbove(sinceRise, beforeRise, drift);
    if (all.value - bound > fallCut) {
      fallCut = all.value - bound;
      beforeFall.set(all);
      sinceFall.clear();
    } else {
      sinceFall.add(value);
    }
    if (risen || (twoSided && isAbove(beforeFall, sinceFall, drift))) {
      restart();
      return Signal.DRIFT;
    }
    return isAbove(sinceRise, beforeRise, warning)
            || (twoSided && isAbove(beforeFall, sinceFall, warning))
        ? Signal.WARNING
        : Signal.NONE;
  }

  private static boolean isAbove(Weighted higher, Weighted lower, double confidence) {
    return higher.begun
        && lower.begun
        && higher.value - lower.value > bound(higher.weight + lower.weight, confidence);
  }

  private static double bound(double weight, double confidence) {
    return Math.sqrt(weight * Math.log(1 / confidence) / 2);
  }

  private void restart() {
    all.clear();
    beforeRise.clear();
    sinceRise.clear();
    beforeFall.clear();
    sinceFall.clear();
    riseCut = Double.POSITIVE_INFINITY;
    fallCut = Double.NEGATIVE_INFINITY;
  }

  @Override
  public double[] state() {
    double[] state = new double[3 * 5 + 2];
    int place = 0;
    for (Weighted each : averages()) {
      state[place++] = each.begun ? 1 : 0;
      state[place++] = each.value;
      state[place++] = each.weight;
    }
    state[place++] = riseCut;
    state[place] = fallCut;
    return state;
  }

  @Override
  public void restore(double[] state) {
    int place = 0;
    for (Weighted each : averages()) {
      each.begun = state[place++] > 0;
      each.value = state[place++];
      each.weight = state[place++];
    }
    riseCut = state[place++];
    fallCut = state[place];
  }

  private List<Weighted> averages() {
    return List.of(all, beforeRise, sinceRise, beforeFall, sinceFall);
  }
}
