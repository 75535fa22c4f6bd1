package dev.sightline.logql.parse;

import java.math.BigDecimal;
import java.util.Locale;

/// Numbers, durations and sizes as text.
public final class Quantities {
  /// What a reader returns for text that is none of its kind.
  public static final long NONE = Long.MIN_VALUE;

  private static final String[] UNITS = {
    "ns", "us", "µs", "μs", "ms", "s", "m", "h", "d", "w", "y"
  };
  private static final long[] UNIT_NS = {
    1,
    1_000,
    1_000,
    1_000,
    1_000_000,
    1_000_000_000L,
    60_000_000_000L,
    3_600_000_000_000L,
    86_400_000_000_000L,
    604_800_000_000_000L,
    31_536_000_000_000_000L
  };
  private static final String PREFIXES = "kmgtpe";

  private Quantities() {}

  /// `1h30m`, `1.5s`, `-100ms`, `2d`: parts of a number and a unit, or a bare 0.
  ///
  /// @return nanoseconds, or [#NONE]
  public static long durationNs(String text) {
    int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    if (text.substring(at).equals("0")) {
      return 0;
    }
    double totalNs = 0;
    long wholeNs = 0;
    int start = at;
    while (at < text.length()) {
      int end = endOfNumber(text, at);
      int unit = unitAt(text, end);
      if (end == at || unit < 0 || text.substring(at, end).equals(".")) {
        return NONE;
      }
      String number = text.substring(at, end);
      totalNs += Double.parseDouble(number) * UNIT_NS[unit];
      if (Math.abs(totalNs) > 9.2e18) {
        return NONE;
      }
      wholeNs +=
          number.indexOf('.') < 0 && number.length() <= 18
              ? Long.parseLong(number) * UNIT_NS[unit]
              : Math.round(Double.parseDouble(number) * UNIT_NS[unit]);
      at = end + UNITS[unit].length();
    }
    return at == start ? NONE : text.startsWith("-") ? -wholeNs : wholeNs;
  }

  /// `512`, `10KB`, `1.5 MiB`: decimal and binary units, in any case of letters.
  ///
  /// @return bytes, or [#NONE]
  public static long sizeBytes(String text) {
    int end = endOfNumber(text, 0);
    if (end == 0 || text.substring(0, end).equals(".")) {
      return NONE;
    }
    double number = Double.parseDouble(text.substring(0, end));
    String unit = text.substring(end).strip().toLowerCase(Locale.ROOT);
    double factor = 1;
    if (!unit.isEmpty() && !unit.equals("b")) {
      int power = PREFIXES.indexOf(unit.charAt(0)) + 1;
      if (power == 0) {
        return NONE;
      }
      switch (unit.substring(1)) {
        case "", "b" -> factor = Math.pow(1000, power);
        case "i", "ib" -> factor = Math.pow(1024, power);
        default -> {
          return NONE;
        }
      }
    }
    double bytes = number * factor;
    return bytes > 9.2e18 ? NONE : (long) bytes;
  }

  /// The shortest text that [#durationNs] reads as `ns`.
  public static String formatDuration(long ns) {
    if (ns == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder(ns < 0 ? "-" : "");
    long rest = Math.abs(ns);
    for (int unit = UNITS.length - 3; unit >= 0; unit--) {
      boolean spelling = unit == 2 || unit == 3;
      if (!spelling && rest >= UNIT_NS[unit]) {
        text.append(rest / UNIT_NS[unit]).append(UNITS[unit]);
        rest %= UNIT_NS[unit];
      }
    }
    return text.toString();
  }

  /// The shortest text that [#sizeBytes] reads as `bytes`.
  public static String formatSize(long bytes) {
    long rest = bytes;
    int power = 0;
    while (rest != 0 && rest % 1000 == 0 && power < PREFIXES.length()) {
      rest /= 1000;
      power++;
    }
    String prefix = power == 0 ? "" : PREFIXES.substring(power - 1, power).toUpperCase(Locale.ROOT);
    return rest + prefix + "B";
  }

  /// Without an exponent, as few digits as tell it from its neighbours.
  public static String formatNumber(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
    }
    BigDecimal exact = new BigDecimal(Double.toString(value));
    return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
  }

  /// @param text digits with `_` between them, a fraction, an exponent, or `0x`, `0o`, `0b`
  /// @return NaN if it is something else
  static double number(String text) {
    String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
    if (digits.startsWith("0x")) {
      return whole(digits.substring(2), 16);
    }
    if (digits.startsWith("0o")) {
      return whole(digits.substring(2), 8);
    }
    if (digits.startsWith("0b")) {
      return whole(digits.substring(2), 2);
    }
    double decimal = isDecimal(digits) ? Double.parseDouble(digits) : Double.NaN;
    return Double.isInfinite(decimal) ? Double.NaN : decimal;
  }

  private static boolean isDecimal(String text) {
    int at = endOfNumber(text, 0);
    if (at == 0 || text.substring(0, at).equals(".")) {
      return false;
    }
    if (at < text.length() && text.charAt(at) == 'e') {
      at++;
      at += at < text.length() && "+-".indexOf(text.charAt(at)) >= 0 ? 1 : 0;
      int digits = at;
      while (at < text.length() && isDigit(text.charAt(at))) {
        at++;
      }
      return at > digits && at == text.length();
    }
    return at == text.length();
  }

  private static double whole(String digits, int radix) {
    double value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = Character.digit(digits.charAt(i), radix);
      if (digit < 0) {
        return Double.NaN;
      }
      value = value * radix + digit;
    }
    return digits.isEmpty() ? Double.NaN : value;
  }

  /// Behind digits with at most one point among them.
  private static int endOfNumber(String text, int start) {
    int at = start;
    boolean point = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '.' && !point) {
        point = true;
      } else if (!isDigit(c)) {
        break;
      }
      at++;
    }
    return at;
  }

  private static int unitAt(String text, int at) {
    int found = -1;
    for (int unit = 0; unit < UNITS.length; unit++) {
      if (text.startsWith(UNITS[unit], at)
          && (found < 0 || UNITS[unit].length() > UNITS[found].length())) {
        found = unit;
      }
    }
    return found;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
