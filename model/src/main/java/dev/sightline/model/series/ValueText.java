package dev.sightline.model.series;

/// Writes numbers as Prometheus's own programs do.
public final class ValueText {
  private ValueText() {}

  /// The shortest text that reads back as the same number, in the layout of Prometheus's own
  /// writers: `1`, `0.25`, `1e+06`, `NaN`, `+Inf`. An exponent stands below 1e-4 and from 1e6 on.
  public static String of(double value) {
    return of(value, -4, 6);
  }

  /// As [#of], but with an exponent only below 1e-6 and from 1e21 on: the layout of the values in
  /// Prometheus's JSON.
  public static String forJson(double value) {
    return of(value, -6, 21);
  }

  /// As [#of], and with a fraction or an exponent in any case: `1.0`. The canonical form of the
  /// labels `le` and `quantile`.
  public static String withFraction(double value) {
    String text = of(value);
    boolean plainDigits = text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    return plainDigits ? text + ".0" : text;
  }

  private static String of(double value, int firstPlain, int firstScientific) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    return (value < 0 ? "-" : "") + layOut(Math.abs(value), firstPlain, firstScientific);
  }

  /// @param firstPlain the least power of ten that is written without an exponent
  /// @param firstScientific the least above it that is written with one
  private static String layOut(double value, int firstPlain, int firstScientific) {
    String shortest = Double.toString(value);
    int e = shortest.indexOf('E');
    String mantissa = e < 0 ? shortest : shortest.substring(0, e);
    int point = mantissa.indexOf('.');
    String all = mantissa.substring(0, point) + mantissa.substring(point + 1);
    int leadingZeros = 0;
    while (all.charAt(leadingZeros) == '0') {
      leadingZeros++;
    }
    int end = all.length();
    while (all.charAt(end - 1) == '0') {
      end--;
    }
    String digits = all.substring(leadingZeros, end);
    // value = 0.digits * 10^decimalPoint
    int decimalPoint =
        point - leadingZeros + (e < 0 ? 0 : Integer.parseInt(shortest.substring(e + 1)));
    int exponent = decimalPoint - 1;
    boolean plain = exponent >= firstPlain && exponent < firstScientific;
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
