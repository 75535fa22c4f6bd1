package dev.sightline.logql.eval;

/// Divides time at every beginning and every end of a window, so that each line is looked at once
/// and each window is a run of whole slots.
final class Slots {
  /*
   * Window i is (start + i*step - range, start + i*step]. With `base` the beginning of window 0, windows begin at
   * base + i*step and end at base + range + i*step. There are two layouts:
   *
   *  - interleaved, for windows that are short beside the whole: each step has one slot, or two where an end falls
   *    between two beginnings (range mod step is not 0);
   *  - nested, for range >= (count-1)*step: all windows begin before the first ends. Slots 0 to count-1 end at the
   *    next beginning, the last of them at the first end; slots from count on end at the following ends.
   *
   * So there are never more than 4 times as many slots as steps.
   */
  private final long base;
  private final long stepNs;
  private final long rangeNs;
  private final int count;
  private final boolean nested;
  private final long rest;
  private final int size;

  /// @param offsetNs how far the windows lie before the moments of the grid
  Slots(Grid grid, long rangeNs, long offsetNs) {
    this.stepNs = grid.stepNs();
    this.rangeNs = rangeNs;
    this.count = grid.count();
    this.base = grid.startNs() - offsetNs - rangeNs;
    this.nested = rangeNs >= (count - 1) * stepNs;
    this.rest = rangeNs % stepNs;
    this.size = nested ? 2 * count - 1 : last(count - 1) + 1;
  }

  int size() {
    return size;
  }

  /// The first moment that belongs to a window.
  long firstNs() {
    return base + 1;
  }

  /// The last moment that belongs to a window.
  long lastNs() {
    return base + rangeNs + (count - 1) * stepNs;
  }

  /// @param timestampNs from [#firstNs] to [#lastNs]
  int of(long timestampNs) {
    long distance = timestampNs - base - 1;
    if (nested) {
      return distance < rangeNs
          ? (int) Math.min(distance / stepNs, count - 1)
          : count + (int) ((distance - rangeNs) / stepNs);
    }
    int step = (int) (distance / stepNs);
    return rest == 0 ? step : 2 * step + (distance % stepNs >= rest ? 1 : 0);
  }

  /// The first slot of a window.
  int first(int window) {
    return nested || rest == 0 ? window : 2 * window;
  }

  /// The last slot of a window.
  int last(int window) {
    if (nested) {
      return window + count - 1;
    }
    int steps = window + (int) (rangeNs / stepNs);
    return rest == 0 ? steps - 1 : 2 * steps;
  }
}
