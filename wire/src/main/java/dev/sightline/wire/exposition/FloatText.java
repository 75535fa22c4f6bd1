package dev.sightline.wire.exposition;

import dev.sightline.model.series.Staleness;
import java.nio.charset.StandardCharsets;

/// Reads floating-point numbers as exposition text writes them: decimal, `NaN`, `+Inf`, `-Inf`.
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
}
