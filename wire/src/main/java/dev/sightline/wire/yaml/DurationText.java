package dev.sightline.wire.yaml;

import java.time.Duration;

/// Durations as Prometheus's files write them: whole numbers of `y w d h m s ms`, the larger unit
/// first.
public final class DurationText {
  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] UNIT_MS = {
    365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000, 1
  };

  private DurationText() {}

  /// @throws IllegalArgumentException with a message in the user's words
  public static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    long totalMs = 0;
    int unit = -1;
    int at = 0;
    while (at < text.length()) {
      int digits = at;
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        at++;
      }
      int letters = at;
      while (at < text.length() && !Character.isDigit(text.charAt(at))) {
        at++;
      }
      int next = unitOf(text.substring(letters, at));
      if (letters == digits || letters - digits > 15 || next <= unit) {
        throw bad(text);
      }
      unit = next;
      try {
        totalMs =
            Math.addExact(
                totalMs,
                Math.multiplyExact(Long.parseLong(text.substring(digits, letters)), UNIT_MS[unit]));
      } catch (ArithmeticException _) {
        throw bad(text);
      }
    }
    if (unit < 0) {
      throw bad(text);
    }
    return Duration.ofMillis(totalMs);
  }

  /// The shortest text that [#parse] reads as `duration`, cut to milliseconds.
  public static String format(Duration duration) {
    long leftMs = duration.toMillis();
    if (leftMs == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    for (int unit = 0; unit < UNITS.length; unit++) {
      // Years and weeks only where nothing smaller follows: 15d reads better than 2w1d.
      boolean whole = unit > 1 || leftMs % UNIT_MS[unit] == 0;
      if (whole && leftMs >= UNIT_MS[unit]) {
        text.append(leftMs / UNIT_MS[unit]).append(UNITS[unit]);
        leftMs %= UNIT_MS[unit];
      }
    }
    return text.toString();
  }

  private static int unitOf(String letters) {
    for (int unit = 0; unit < UNITS.length; unit++) {
      if (UNITS[unit].equals(letters)) {
        return unit;
      }
    }
    return -1;
  }

  private static IllegalArgumentException bad(String text) {
    String shown = text.length() <= 100 ? text : text.substring(0, 100) + "…";
    return new IllegalArgumentException(
        "must be a duration such as 15s, 5m or 1h30m, not \"" + shown + "\"");
  }
}
