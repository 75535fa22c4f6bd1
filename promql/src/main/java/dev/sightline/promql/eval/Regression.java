package dev.sightline.promql.eval;

import dev.sightline.model.query.QueryException;
import dev.sightline.promql.parse.Numbers;

/// Lines through the samples of a window: `deriv`, `predict_linear`, and exponential smoothing.
final class Regression {
  private Regression() {}

  static double deriv(Window window) {
    return window.size() < 2 ? Absent.VALUE : new Line(window, window.firstMs()).slope;
  }

  /// @param nowMs the moment of evaluation
  /// @param aheadS how far ahead of it the value is wanted
  static double predictLinear(Window window, long nowMs, double aheadS) {
    if (window.size() < 2) {
      return Absent.VALUE;
    }
    Line line = new Line(window, nowMs);
    return line.slope * aheadS + line.atOrigin;
  }

  /// Holt's linear method.
  ///
  /// @param smoothing how much the newest value weighs, 0 to 1
  /// @param trend how much the newest change weighs, 0 to 1
  static double smoothed(Window window, double smoothing, double trend) {
    checkFactor("smoothing", "sf", smoothing);
    checkFactor("trend", "tf", trend);
    if (window.size() < 2) {
      return Absent.VALUE;
    }
    double before = 0;
    double level = window.first();
    double slope = window.value(1) - window.first();
    for (int i = 1; i < window.size(); i++) {
      if (i > 1) {
        slope = trend * (level - before) + (1 - trend) * slope;
      }
      double next = smoothing * window.value(i) + (1 - smoothing) * (level + slope);
      before = level;
      level = next;
    }
    return level;
  }

  private static void checkFactor(String what, String name, double factor) {
    if (factor <= 0 || factor >= 1) {
      throw new QueryException.Failed(
          "invalid "
              + what
              + " factor. Expected: 0 < "
              + name
              + " < 1, got: "
              + Numbers.format(factor));
    }
  }

  /// The line of least squares.
  private static final class Line {
    private final double slope;
    private final double atOrigin;

    /// @param originMs where x is 0; near the samples, so that squares stay small
    Line(Window window, long originMs) {
      CompensatedSum sumX = new CompensatedSum();
      CompensatedSum sumY = new CompensatedSum();
      CompensatedSum sumXy = new CompensatedSum();
      CompensatedSum sumXx = new CompensatedSum();
      boolean constant = true;
      int n = window.size();
      for (int i = 0; i < n; i++) {
        double x = (window.timestampMs(i) - originMs) / 1000.0;
        double y = window.value(i);
        constant &= y == window.first();
        sumX.add(x);
        sumY.add(y);
        sumXy.add(x * y);
        sumXx.add(x * x);
      }
      if (constant) {
        boolean infinite = Double.isInfinite(window.first());
        slope = infinite ? Double.NaN : 0;
        atOrigin = infinite ? Double.NaN : window.first();
        return;
      }
      double covariance = sumXy.value() - sumX.value() * sumY.value() / n;
      double variance = sumXx.value() - sumX.value() * sumX.value() / n;
      slope = covariance / variance;
      atOrigin = sumY.value() / n - slope * sumX.value() / n;
    }
  }
}
