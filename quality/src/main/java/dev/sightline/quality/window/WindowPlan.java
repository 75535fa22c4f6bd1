package dev.sightline.quality.window;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Windows of a range that may share rows or hold equally many: those that [Windows] cannot be.
public final class WindowPlan {
  /// Of one question.
  public static final int MOST = 200;

  private static final double LEAST_SHARE = 0.5;

  private WindowPlan() {}

  /// One after the other by the calendar. What is left at either end is a window of its own only if
  /// it is at least half as long as the others; else it belongs to its neighbour.
  ///
  /// @throws IllegalArgumentException in the user's words if there would be more than [#MOST]
  public static List<Window> tumbling(long startMs, long endMs, CalendarStep step) {
    List<Window> windows = new ArrayList<>(Windows.of(startMs, endMs, step).list());
    double least = LEAST_SHARE * step.length().toMillis();
    if (windows.size() > 1 && length(windows.getLast()) < least) {
      Window rest = windows.removeLast();
      Window before = windows.removeLast();
      windows.add(new Window(before.startMs(), rest.endMs(), before.partial()));
    }
    if (windows.size() > 1 && length(windows.getFirst()) < least) {
      Window rest = windows.removeFirst();
      Window next = windows.removeFirst();
      windows.addFirst(new Window(rest.startMs(), next.endMs(), next.partial()));
    }
    return checked(windows);
  }

  private static long length(Window window) {
    return window.endMs() - window.startMs();
  }

  /// Of one length, each so much later than the one before; all of them whole.
  ///
  /// @throws IllegalArgumentException in the user's words if there would be more than [#MOST]
  public static List<Window> sliding(long startMs, long endMs, Duration length, Duration every) {
    if (every.isZero() || every.isNegative()) {
      throw new IllegalArgumentException("must be above 0s");
    }
    if ((endMs - startMs - length.toMillis()) / every.toMillis() > MOST) {
      throw tooMany();
    }
    List<Window> windows = new ArrayList<>();
    long firstMs = startMs + length.toMillis();
    long fromMs = Math.ceilDiv(firstMs, every.toMillis()) * every.toMillis();
    for (long untilMs = fromMs; untilMs <= endMs; untilMs += every.toMillis()) {
      windows.add(new Window(untilMs - length.toMillis(), untilMs, false));
    }
    return checked(windows);
  }

  /// Of so many rows each, and no two windows share one. What is left at the end belongs to the
  /// last if it is less than half of that; rows of one time stay together.
  ///
  /// @param timesMs of rows, rising
  /// @throws IllegalArgumentException in the user's words if there would be more than [#MOST]
  public static List<Window> byCount(long[] timesMs, int rows) {
    List<Window> windows = new ArrayList<>();
    int from = 0;
    while (from < timesMs.length) {
      int until = Math.min(timesMs.length, from + rows);
      while (until < timesMs.length && timesMs[until] == timesMs[until - 1]) {
        until++;
      }
      boolean rest = until - from < LEAST_SHARE * rows && !windows.isEmpty();
      long startMs = rest ? windows.removeLast().startMs() : timesMs[from];
      windows.add(new Window(startMs, timesMs[until - 1] + 1, until - from < rows && !rest));
      if (windows.size() > MOST) {
        throw tooMany();
      }
      from = until;
    }
    return windows;
  }

  private static List<Window> checked(List<Window> windows) {
    if (windows.size() > MOST) {
      throw tooMany();
    }
    return List.copyOf(windows);
  }

  private static IllegalArgumentException tooMany() {
    return new IllegalArgumentException(
        "makes more than " + MOST + " windows; ask for longer ones or a shorter range");
  }
}
