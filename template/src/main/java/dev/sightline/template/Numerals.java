package dev.sightline.template;

import java.math.BigInteger;
import java.util.Locale;

/// Numbers as Go's source writes them.
final class Numerals {
  private Numerals() {}

  /// A whole number, unless it has a point or an exponent.
  ///
  /// @throws NumberFormatException if it is none
  static Value parse(String text) {
    if (text.length() > 100) {
      throw new NumberFormatException("number too long");
    }
    String plain = text.replace("_", "");
    String lower = plain.toLowerCase(Locale.ROOT);
    int sign = lower.startsWith("-") || lower.startsWith("+") ? 1 : 0;
    boolean prefixed = lower.length() > sign + 1 && lower.charAt(sign) == '0';
    char prefix = prefixed ? lower.charAt(sign + 1) : ' ';
    int radix =
        switch (prefix) {
          case 'x' -> 16;
          case 'o' -> 8;
          case 'b' -> 2;
          default -> 10;
        };
    if (radix != 10) {
      return new Value.Whole(whole(lower.substring(0, sign) + lower.substring(sign + 2), radix));
    }
    if (lower.indexOf('.') >= 0 || lower.indexOf('e') >= 0) {
      if (!lower.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?")) {
        throw new NumberFormatException("bad number syntax");
      }
      return new Value.Real(Double.parseDouble(lower));
    }
    boolean octal = prefixed && lower.length() > sign + 1;
    return new Value.Whole(whole(lower, octal ? 8 : 10));
  }

  private static long whole(String digits, int radix) {
    try {
      return new BigInteger(digits, radix).longValueExact();
    } catch (ArithmeticException _) {
      throw new NumberFormatException("integer overflow");
    }
  }
}
