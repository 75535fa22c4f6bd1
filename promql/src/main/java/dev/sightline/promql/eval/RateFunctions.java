package dev.sightline.promql.eval;

/// How much values grow in a window: `rate` and its relatives.
final class RateFunctions {
  /*
   * A window rarely begins and ends at a sample, so the growth between the first and the last sample is
   * extrapolated to the edges: to an edge that is nearer than 1.1 average distances between samples, otherwise by
   * half a distance, and for counters not further back than where the value would have been zero.
   * A counter that falls has started anew: what it had reached before counts too.
   */
  private static final double NEAR = 1.1;

  private RateFunctions() {}

  static double rate(Window window) {
    if (window.size() < 2) {
      return Absent.VALUE;
    }
    return extrapolated(window, true) / (window.lengthMs() / 1000.0);
  }

  static double increase(Window window) {
    return extrapolated(window, true);
  }

  static double delta(Window window) {
    return extrapolated(window, false);
  }

  private static double extrapolated(Window window, boolean counter) {
    int size = window.size();
    if (size < 2) {
      return Absent.VALUE;
    }
    double growth = window.last() - window.first();
    if (counter) {
      growth += reached(window);
    }
    double sampledS = (window.lastMs() - window.firstMs()) / 1000.0;
    double distanceS = sampledS / (size - 1);
    double toStartS = (window.firstMs() - window.startMs()) / 1000.0;
    double toEndS = (window.endMs() - window.lastMs()) / 1000.0;
    if (toStartS >= distanceS * NEAR) {
      toStartS = distanceS / 2;
    }
    if (counter && growth > 0 && window.first() >= 0) {
      toStartS = Math.min(toStartS, sampledS * (window.first() / growth));
    }
    if (toEndS >= distanceS * NEAR) {
      toEndS = distanceS / 2;
    }
    return growth * ((sampledS + toStartS + toEndS) / sampledS);
  }

  /// What a counter had reached each time before it started anew.
  private static double reached(Window window) {
    if (!window.falls()) {
      return 0;
    }
    double[] values = window.values();
    double sum = 0;
    double previous = values[window.from()];
    for (int i = window.from() + 1; i < window.to(); i++) {
      double value = values[i];
      if (value < previous) {
        sum += previous;
      }
      previous = value;
    }
    return sum;
  }

  static double irate(Window window) {
    if (window.size() < 2) {
      return Absent.VALUE;
    }
    int last = window.size() - 1;
    double previous = window.value(last - 1);
    double growth = window.last() < previous ? window.last() : window.last() - previous;
    return growth / ((window.lastMs() - window.timestampMs(last - 1)) / 1000.0);
  }

  static double idelta(Window window) {
    return window.size() < 2 ? Absent.VALUE : window.last() - window.value(window.size() - 2);
  }

  static double changes(Window window) {
    double[] values = window.values();
    int changes = 0;
    double previous = window.first();
    for (int i = window.from() + 1; i < window.to(); i++) {
      double value = values[i];
      if (value != previous && !(Double.isNaN(value) && Double.isNaN(previous))) {
        changes++;
      }
      previous = value;
    }
    return changes;
  }

  static double resets(Window window) {
    double[] values = window.values();
    int resets = 0;
    for (int i = window.from() + 1; window.falls() && i < window.to(); i++) {
      if (values[i] < values[i - 1]) {
        resets++;
      }
    }
    return resets;
  }
}
