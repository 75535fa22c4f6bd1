package dev.sightline.api.json;

/// The shortest text that reads back as a number, in the form that Go and so Prometheus gives it:
/// plain digits from 1e-6 up to below 1e21, an exponent outside.
final class NumberText {
  private static final double SMALLEST_PLAIN = 1e-6;
  private static final double FIRST_WITH_EXPONENT = 1e21;

  private NumberText() {}

  static String of(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "+Inf" : "-Inf";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    String sign = number < 0 ? "-" : "";
    double magnitude = Math.abs(number);
    Decimal decimal = Decimal.of(magnitude);
    return magnitude < SMALLEST_PLAIN || magnitude >= FIRST_WITH_EXPONENT
        ? sign + decimal.withExponent()
        : sign + decimal.plain();
  }

  /// `0.digits × 10^pointAt`.
  private record Decimal(String digits, int pointAt) {
    /// Java finds the shortest digits too, and writes them as `12.5` or `1.25E-7`.
    static Decimal of(double magnitude) {
      String text = Double.toString(magnitude);
      int e = text.indexOf('E');
      int exponent = e < 0 ? 0 : Integer.parseInt(text, e + 1, text.length(), 10);
      String mantissa = e < 0 ? text : text.substring(0, e);
      int point = mantissa.indexOf('.');
      String all = mantissa.substring(0, point) + mantissa.substring(point + 1);
      int first = 0;
      while (all.charAt(first) == '0') {
        first++;
      }
      int last = all.length();
      while (all.charAt(last - 1) == '0') {
        last--;
      }
      return new Decimal(all.substring(first, last), point + exponent - first);
    }

    String plain() {
      if (pointAt <= 0) {
        return "0." + "0".repeat(-pointAt) + digits;
      }
      return digits.length() <= pointAt
          ? digits + "0".repeat(pointAt - digits.length())
          : digits.substring(0, pointAt) + "." + digits.substring(pointAt);
    }

    String withExponent() {
      int exponent = pointAt - 1;
      String mantissa =
          digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
      return mantissa + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }
  }
}
