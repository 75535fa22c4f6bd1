package dev.sightline.wire.exposition;

import dev.sightline.model.series.Staleness;
import java.nio.charset.StandardCharsets;

/// Floating-point numbers as exposition text writes them: decimal, `NaN`, `+Inf`, `-Inf`.
final class FloatText {
  /*
   * Most values have few digits, and then the number is exact in two steps: the digits as an integer below 2^53,
   * times or divided by a power of ten that a double holds exactly (up to 10^22). Both operands are exact, so the
   * one rounding is the right one. Everything else goes through the JDK.
   */
  private static final double[] EXACT_POWERS_OF_TEN = new double[23];
  private static final long EXACT_INTEGERS = 1L << 53;

  /// Beyond this many characters no number is written by a program that means well.
  static final int MAX_LENGTH = 512;

  /// From a million on, numbers are written with an exponent, as Go does.
  private static final int WIDEST_PLAIN_EXPONENT = 6;

  static {
    double power = 1;
    for (int i = 0; i < EXACT_POWERS_OF_TEN.length; i++) {
      EXACT_POWERS_OF_TEN[i] = power;
      power *= 10;
    }
  }

  private FloatText() {}

  /// @throws NumberFormatException with a message for users
  static double parse(byte[] bytes, int from, int to) {
    if (to - from > MAX_LENGTH) {
      throw new NumberFormatException(
          "number of " + (to - from) + " characters, the limit is " + MAX_LENGTH);
    }
    int at = from;
    boolean negative = at < to && bytes[at] == '-';
    if (negative || (at < to && bytes[at] == '+')) {
      at++;
    }
    long digits = 0;
    int exponent = 0;
    boolean seen = false;
    boolean fraction = false;
    boolean exact = true;
    for (; at < to; at++) {
      byte b = bytes[at];
      if (b >= '0' && b <= '9') {
        exact &= digits < EXACT_INTEGERS / 16;
        digits = exact ? digits * 10 + (b - '0') : digits;
        exponent -= fraction ? 1 : 0;
        seen = true;
      } else if (b == '.' && !fraction) {
        fraction = true;
      } else {
        break;
      }
    }
    if (at < to || !seen || !exact || -exponent >= EXACT_POWERS_OF_TEN.length) {
      return parseRest(bytes, from, to);
    }
    double value = digits / EXACT_POWERS_OF_TEN[-exponent];
    return negative ? -value : value;
  }

  private static double parseRest(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    int signed = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    String unsigned = text.substring(signed);
    if (unsigned.equalsIgnoreCase("inf") || unsigned.equalsIgnoreCase("infinity")) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (text.equalsIgnoreCase("nan")) {
      return Double.longBitsToDouble(Staleness.NORMAL_NAN_BITS);
    }
    if (!isDecimal(unsigned)) {
      throw new NumberFormatException("\"" + text + "\" is not a number");
    }
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw new NumberFormatException("\"" + text + "\" is too large for a 64-bit float");
    }
    return value;
  }

  /// Digits with at most one point, then perhaps an exponent: none of the letters, underscores and
  /// hexadecimal forms that `Double.parseDouble` or other languages take.
  private static boolean isDecimal(String text) {
    int at = 0;
    int digits = 0;
    boolean point = false;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '.' && !point) {
        point = true;
      } else if (c >= '0' && c <= '9') {
        digits++;
      } else {
        break;
      }
    }
    return digits > 0 && (at == text.length() || isExponent(text, at));
  }

  private static boolean isExponent(String text, int at) {
    int next = at + 1;
    if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
      return false;
    }
    if (next < text.length() && (text.charAt(next) == '+' || text.charAt(next) == '-')) {
      next++;
    }
    return next < text.length()
        && text.chars().skip(next).allMatch(digit -> digit >= '0' && digit <= '9');
  }

  /// The shortest text that reads back as the same number, in the layout of Prometheus's own
  /// writers: `1`, `0.25`, `1e+06`, `NaN`, `+Inf`.
  static String of(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    return (value < 0 ? "-" : "") + layOut(Math.abs(value));
  }

  /// As [#of], and with a fraction or an exponent in any case: `1.0`. The canonical form of the
  /// labels `le` and `quantile`.
  static String withFraction(double value) {
    String text = of(value);
    boolean plainDigits = text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    return plainDigits ? text + ".0" : text;
  }

  private static String layOut(double value) {
    String shortest = Double.toString(value);
    int e = shortest.indexOf('E');
    String mantissa = e < 0 ? shortest : shortest.substring(0, e);
    int point = mantissa.indexOf('.');
    String all = mantissa.substring(0, point) + mantissa.substring(point + 1);
    int leadingZeros = 0;
    while (all.charAt(leadingZeros) == '0') {
      leadingZeros++;
    }
    String digits = all.substring(leadingZeros).replaceAll("0+$", "");
    // value = 0.digits * 10^decimalPoint
    int decimalPoint =
        point - leadingZeros + (e < 0 ? 0 : Integer.parseInt(shortest.substring(e + 1)));
    int exponent = decimalPoint - 1;
    boolean plain = exponent >= -4 && exponent < WIDEST_PLAIN_EXPONENT;
    return plain ? plain(digits, decimalPoint) : scientific(digits, exponent);
  }

  private static String scientific(String digits, int exponent) {
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String width = Math.abs(exponent) < 10 ? "0" : "";
    return digits.charAt(0) + fraction + (exponent < 0 ? "e-" : "e+") + width + Math.abs(exponent);
  }

  private static String plain(String digits, int decimalPoint) {
    if (decimalPoint <= 0) {
      return "0." + "0".repeat(-decimalPoint) + digits;
    }
    if (digits.length() <= decimalPoint) {
      return digits + "0".repeat(decimalPoint - digits.length());
    }
    return digits.substring(0, decimalPoint) + "." + digits.substring(decimalPoint);
  }
}
