package dev.sightline.promql.parse;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Numbers and durations as text.
public final class Numbers {
  private static final String[] UNITS = {"ms", "y", "w", "d", "h", "m", "s"};
  private static final long[] UNIT_MS = {
    1, 31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L
  };

  private Numbers() {}

  /// Without an exponent, as few digits as tell it from its neighbours: how Prometheus writes
  /// values.
  public static String format(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
    }
    String plain = new BigDecimal(Double.toString(value)).toPlainString();
    if (plain.indexOf('.') >= 0) {
      int end = plain.length();
      while (plain.charAt(end - 1) == '0') {
        end--;
      }
      plain = plain.substring(0, plain.charAt(end - 1) == '.' ? end - 1 : end);
    }
    return plain;
  }

  /// @param text of a number token: decimal, octal with a leading 0, hexadecimal; `_` between
  ///   digits
  static double parse(String text) {
    String digits = text.replace("_", "");
    if (digits.startsWith("0x") || digits.startsWith("0X")) {
      return digits.length() == 2 ? Double.NaN : unsigned(digits.substring(2), 16);
    }
    if (digits.length() > 1 && digits.startsWith("0") && isOctal(digits)) {
      return unsigned(digits, 8);
    }
    return Double.parseDouble(digits);
  }

  /// The number that a word means (`Inf`, `NaN` in any case), or null.
  static @Nullable Double named(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> null;
    };
  }

  /// @param text such as `1h30m`, units from large to small, each at most once
  /// @return milliseconds, or -1 if the text is no duration or longer than 292 years
  public static long durationMs(String text) {
    long totalMs = 0;
    int at = 0;
    while (at < text.length()) {
      long number = 0;
      int start = at;
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        number = number * 10 + (text.charAt(at++) - '0');
        if (number > 1_000_000_000_000_000L) {
          return -1;
        }
      }
      int unit = unitAt(text, at);
      if (at == start || unit < 0) {
        return -1;
      }
      totalMs += number * UNIT_MS[unit];
      if (totalMs > Long.MAX_VALUE / 1_000_000 || totalMs < 0) {
        return -1;
      }
      at += UNITS[unit].length();
    }
    return text.isEmpty() ? -1 : totalMs;
  }

  /// The shortest text that [#durationMs] reads as `ms`.
  public static String formatDuration(long ms) {
    if (ms == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder(ms < 0 ? "-" : "");
    long rest = Math.abs(ms);
    for (int unit = 1; unit <= UNITS.length; unit++) {
      int i = unit % UNITS.length;
      // Years and weeks only where nothing is left over: 90 days stay 90 days.
      boolean wholeOnly = i == 1 || i == 2;
      if (rest >= UNIT_MS[i] && (!wholeOnly || rest % UNIT_MS[i] == 0)) {
        text.append(rest / UNIT_MS[i]).append(UNITS[i]);
        rest %= UNIT_MS[i];
      }
    }
    return text.toString();
  }

  private static int unitAt(String text, int at) {
    for (int unit = 0; unit < UNITS.length; unit++) {
      if (text.startsWith(UNITS[unit], at)) {
        return unit;
      }
    }
    return -1;
  }

  private static boolean isOctal(String digits) {
    return digits.chars().allMatch(c -> c >= '0' && c <= '7');
  }

  private static double unsigned(String digits, int radix) {
    double value = 0;
    for (int i = 0; i < digits.length(); i++) {
      value = value * radix + Character.digit(digits.charAt(i), radix);
    }
    return value;
  }
}
