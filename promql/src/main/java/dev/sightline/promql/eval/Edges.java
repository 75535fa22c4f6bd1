package dev.sightline.promql.eval;

import dev.sightline.model.query.QueryException;
import dev.sightline.promql.ast.Function;
import dev.sightline.promql.ast.RangeMode;

/// Functions of windows whose edges have values: those of `anchored` and `smoothed` selectors.
final class Edges {
  /*
   * Such a window also sees samples before its start, and a smoothed one samples after its end. Its value at the
   * start is that of the last sample before it (anchored) or lies on the line between the samples around the start
   * (smoothed); where there is no sample before, the first one inside stands for it. The same holds for the end. So
   * the growth is exactly that between the edges, and neighbouring windows add up.
   */
  private Edges() {}

  /// @throws QueryException if the function does not know such windows
  static WindowFunction of(Function function, RangeMode mode) {
    boolean smoothed = mode == RangeMode.SMOOTHED;
    return switch (function) {
      case DELTA -> window -> growth(window, smoothed, false);
      case INCREASE -> window -> growth(window, smoothed, true);
      case RATE -> window -> rate(window, smoothed);
      case CHANGES, RESETS -> {
        if (smoothed) {
          throw unknown(function, mode);
        }
        yield window -> count(window, function == Function.RESETS);
      }
      default -> throw unknown(function, mode);
    };
  }

  /// The value at a moment, on the line between the samples around it or that of the nearest.
  static double at(Window window, long timeMs) {
    int next = 0;
    while (next < window.size() && window.timestampMs(next) < timeMs) {
      next++;
    }
    if (next == window.size()) {
      return window.last();
    }
    return next == 0 || window.timestampMs(next) == timeMs
        ? window.value(next)
        : between(window, next - 1, timeMs, window.value(next - 1), window.value(next));
  }

  /// Whether the window lies between two neighbouring samples.
  private static boolean isBetween(Window window, int first, int last) {
    return first + 1 == last
        && window.timestampMs(first) < window.startMs()
        && window.timestampMs(last) > window.endMs();
  }

  private static double rate(Window window, boolean smoothed) {
    double growth = growth(window, smoothed, true);
    return Absent.is(growth) ? growth : growth / (window.lengthMs() / 1000.0);
  }

  private static double growth(Window window, boolean smoothed, boolean counter) {
    int first = firstIndex(window);
    int last = smoothed ? indexAtEnd(window) : window.size() - 1;
    if (window.timestampMs(last) <= window.startMs()
        || window.timestampMs(first) > window.endMs()) {
      return Absent.VALUE;
    }
    if (smoothed && isBetween(window, first, last)) {
      double fallen = counter && window.value(last) < window.value(first) ? window.value(first) : 0;
      return (window.value(last) + fallen - window.value(first))
          * window.lengthMs()
          / (window.timestampMs(last) - window.timestampMs(first));
    }
    double left = window.value(first);
    if (smoothed && window.timestampMs(first) < window.startMs()) {
      double next = window.value(first + 1);
      left = between(window, first, window.startMs(), counter && next < left ? 0 : left, next);
    }
    double right = window.value(last);
    if (smoothed && last > 0 && window.timestampMs(last) > window.endMs()) {
      double previous = window.value(last - 1);
      double next = counter && right < previous ? right + previous : right;
      right = between(window, last - 1, window.endMs(), previous, next);
    }
    double growth = right - left;
    return counter ? growth + reached(window, first, last, left, right) : growth;
  }

  /// What a counter had reached each time before it started anew, strictly between the edges.
  private static double reached(Window window, int first, int last, double left, double right) {
    double sum = 0;
    double previous = left;
    for (int i = first; i <= last; i++) {
      long timeMs = window.timestampMs(i);
      if (timeMs <= window.startMs() || timeMs >= window.endMs()) {
        continue;
      }
      sum += window.value(i) < previous ? previous : 0;
      previous = window.value(i);
    }
    return right < previous ? sum + previous : sum;
  }

  private static double count(Window window, boolean resets) {
    if (window.lastMs() <= window.startMs()) {
      return Absent.VALUE;
    }
    int count = 0;
    for (int i = firstIndex(window) + 1; i < window.size(); i++) {
      double previous = window.value(i - 1);
      double value = window.value(i);
      boolean bothNaN = Double.isNaN(value) && Double.isNaN(previous);
      count += (resets ? value < previous : value != previous && !bothNaN) ? 1 : 0;
    }
    return count;
  }

  /// The last sample at or before the start, or the first of all.
  static int firstIndex(Window window) {
    int index = 0;
    while (index + 1 < window.size() && window.timestampMs(index + 1) <= window.startMs()) {
      index++;
    }
    return index;
  }

  /// The first sample at or after the end, or the last of all.
  static int indexAtEnd(Window window) {
    int index = 0;
    while (index + 1 < window.size() && window.timestampMs(index) < window.endMs()) {
      index++;
    }
    return index;
  }

  /// The value at a moment on the line from the sample at `index` to the next.
  private static double between(
      Window window, int index, long timeMs, double value, double nextValue) {
    double share =
        (double) (timeMs - window.timestampMs(index))
            / (window.timestampMs(index + 1) - window.timestampMs(index));
    return value + (nextValue - value) * share;
  }

  private static QueryException unknown(Function function, RangeMode mode) {
    String takers =
        mode == RangeMode.SMOOTHED
            ? "delta, increase, rate"
            : "changes, delta, increase, rate, resets";
    return new QueryException.Failed(
        mode.text()
            + " modifier can only be used with: "
            + takers
            + " - not with "
            + function.text());
  }
}
