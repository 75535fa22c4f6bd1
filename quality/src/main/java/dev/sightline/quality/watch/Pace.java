package dev.sightline.quality.watch;

import dev.sightline.quality.window.CalendarStep;
import dev.sightline.quality.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Which windows a monitor looks at, and when.
///
/// @param step how long windows are, in whose days; of windows by count, how often rows are counted
/// @param every how often a window ends; as long as windows are where they follow each other
/// @param rows of windows by count; 0 for windows by time
/// @param delay after the end of a window, for truths and rows that come late
public record Pace(CalendarStep step, Duration every, int rows, Duration delay) {
  /// Of windows that were missed, the newest so many are looked at.
  static final int MOST_AT_ONCE = 100;

  static final int MOST_ROWS = 10_000;
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(31);

  /// @throws IllegalArgumentException in the user's words
  public Pace {
    check("window", step.length());
    check("every", every);
    if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("delay: must be from 0s to 31d");
    }
    if (rows < 0 || rows > MOST_ROWS) {
      throw new IllegalArgumentException("rows: must be from 1 to " + MOST_ROWS);
    }
    if (step.length().toMillis() % every.toMillis() != 0) {
      throw new IllegalArgumentException("every: must divide window, so that windows line up");
    }
  }

  private static void check(String name, Duration length) {
    if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + ": must be from 1m to 31d");
    }
  }

  /// Windows of some length, one after the other.
  static Pace of(Duration window) {
    return new Pace(new CalendarStep(window, ZoneId.of("UTC")), window, 0, Duration.ZERO);
  }

  public boolean isByCount() {
    return rows > 0;
  }

  public boolean isSliding() {
    return every.compareTo(step.length()) < 0;
  }

  /// Windows by time that ended in a span and may be looked at now, oldest first.
  ///
  /// @param afterMs excluded
  List<Window> ended(long afterMs, long nowMs) {
    List<Window> windows = new ArrayList<>();
    Window window = last(nowMs - delay.toMillis());
    while (window.endMs() > afterMs && windows.size() < MOST_AT_ONCE) {
      windows.add(window);
      window = last(window.endMs() - 1);
    }
    Collections.reverse(windows);
    return windows;
  }

  /// The newest window that has ended at a time.
  Window last(long timeMs) {
    if (isSliding()) {
      long endMs = Math.floorDiv(timeMs, every.toMillis()) * every.toMillis();
      return new Window(endMs - step.length().toMillis(), endMs, false);
    }
    long endMs = step.floorMs(timeMs);
    return new Window(step.floorMs(endMs - 1), endMs, false);
  }

  /// The windows before one by time, the newest first, none of which shares rows with another.
  List<Window> before(Window window, int count) {
    List<Window> windows = new ArrayList<>();
    Window one = window;
    for (int each = 0; each < count; each++) {
      long endMs = one.startMs();
      long startMs = isSliding() ? endMs - step.length().toMillis() : step.floorMs(endMs - 1);
      one = new Window(startMs, endMs, false);
      windows.add(one);
    }
    return windows;
  }

  /// The windows at the same place of earlier periods, the newest first.
  List<Window> seasons(Window window, Duration period, int count) {
    List<Window> windows = new ArrayList<>();
    for (int back = 1; back <= count; back++) {
      Duration by = period.multipliedBy(back);
      windows.add(new Window(moved(window.startMs(), by), moved(window.endMs(), by), false));
    }
    return windows;
  }

  /// Whole days are days of the calendar: noon stays noon when clocks change.
  private long moved(long timeMs, Duration by) {
    boolean days = by.toMillis() % Duration.ofDays(1).toMillis() == 0;
    return days
        ? Instant.ofEpochMilli(timeMs)
            .atZone(step.zone())
            .minusDays(by.toDays())
            .toInstant()
            .toEpochMilli()
        : timeMs - by.toMillis();
  }
}
