package dev.sightline.quality.window;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Windows in the order of time, no moment in two of them.
///
/// Unchangeable.
public final class Windows {
  /// So that an answer stays one that can be read.
  public static final int MOST = 1_000;

  private final List<Window> windows;
  private final long[] startsMs;
  private final long endMs;

  private Windows(List<Window> windows) {
    this.windows = List.copyOf(windows);
    this.startsMs = windows.stream().mapToLong(Window::startMs).toArray();
    this.endMs = windows.getLast().endMs();
  }

  /// One window.
  ///
  /// @param startMs included
  /// @param endMs excluded
  public static Windows whole(long startMs, long endMs) {
    return new Windows(List.of(new Window(startMs, endMs, false)));
  }

  /// Two windows, with or without a gap between them.
  ///
  /// @throws IllegalArgumentException in the user's words if the first does not end before the
  ///   second starts
  public static Windows pair(Window first, Window second) {
    if (first.endMs() > second.startMs()) {
      throw new IllegalArgumentException("must not be after start: the two windows overlap");
    }
    return new Windows(List.of(first, second));
  }

  /// As many as the calendar has in the range; the first and the last may be partial.
  ///
  /// @throws IllegalArgumentException in the user's words if there would be more than [#MOST]
  public static Windows of(long startMs, long endMs, CalendarStep step) {
    if (startMs == endMs) {
      return whole(startMs, endMs);
    }
    if ((endMs - startMs) / step.length().toMillis() > 2 * MOST) {
      throw tooMany();
    }
    List<Window> windows = new ArrayList<>();
    long fromMs = startMs;
    boolean cut = step.floorMs(startMs) != startMs;
    while (fromMs < endMs) {
      long nextMs = step.nextMs(fromMs);
      windows.add(new Window(fromMs, Math.min(nextMs, endMs), cut || nextMs > endMs));
      if (windows.size() > MOST) {
        throw tooMany();
      }
      fromMs = nextMs;
      cut = false;
    }
    return new Windows(windows);
  }

  private static IllegalArgumentException tooMany() {
    return new IllegalArgumentException(
        "makes more than " + MOST + " windows; ask for a longer step or a shorter range");
  }

  /// In order of time; at least one.
  public List<Window> list() {
    return windows;
  }

  public int size() {
    return windows.size();
  }

  public Window get(int index) {
    return windows.get(index);
  }

  public long startMs() {
    return startsMs[0];
  }

  public long endMs() {
    return endMs;
  }

  /// The window that a time lies in, or -1.
  public int indexOf(long timeMs) {
    if (timeMs < startsMs[0] || timeMs >= endMs) {
      return -1;
    }
    int found = Arrays.binarySearch(startsMs, timeMs);
    int window = found >= 0 ? found : -found - 2;
    return timeMs < windows.get(window).endMs() ? window : -1;
  }
}
