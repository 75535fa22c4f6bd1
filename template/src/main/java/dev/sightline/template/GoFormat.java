package dev.sightline.template;

import dev.sightline.model.series.ValueText;
import dev.sightline.template.TemplateFunction.Refusal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Formats as Go's `fmt.Sprintf` does.
public final class GoFormat {
  private static final int MAX_WIDTH = 10_000;

  private final String format;
  private final List<Value> arguments;
  private final int limit;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int next;

  /// What stands between the percent sign and the verb.
  ///
  /// @param width negative where none is given
  /// @param precision negative where none is given
  private record Spec(
      boolean minus,
      boolean plus,
      boolean sharp,
      boolean space,
      boolean zero,
      int width,
      int precision) {}

  private GoFormat(String format, List<Value> arguments, int limit) {
    this.format = format;
    this.arguments = arguments;
    this.limit = limit;
  }

  /// @param arguments the format first
  /// @throws Refusal if the result has more characters than `limit`
  static String format(List<Value> arguments, int limit) {
    if (!(arguments.getFirst() instanceof Value.Text(String format))) {
      throw new Refusal(
          "wrong type for value; expected string; got " + arguments.getFirst().type());
    }
    return new GoFormat(format, arguments.subList(1, arguments.size()), limit).run();
  }

  /// A number as `%.4g` writes it: `precision` significant digits, no trailing zeros.
  public static String general(double value, int precision) {
    return general(value, precision, false);
  }

  private String run() {
    while (at < format.length()) {
      int percent = format.indexOf('%', at);
      out.append(format, at, percent < 0 ? format.length() : percent);
      if (percent < 0) {
        break;
      }
      at = percent + 1;
      directive();
      Printing.check(out, limit);
    }
    if (next < arguments.size()) {
      extra();
    }
    Printing.check(out, limit);
    return out.toString();
  }

  private void extra() {
    out.append("%!(EXTRA ");
    String separator = "";
    for (Value left : arguments.subList(next, arguments.size())) {
      out.append(separator).append(left.type());
      if (!(left instanceof Value.Nil)) {
        out.append('=');
        Printing.append(left, out, limit);
      }
      separator = ", ";
    }
    out.append(')');
  }

  private void directive() {
    Spec spec = spec();
    if (at >= format.length()) {
      out.append("%!(NOVERB)");
      return;
    }
    int verb = format.codePointAt(at);
    at += Character.charCount(verb);
    if (verb == '%') {
      out.append('%');
    } else if (next >= arguments.size()) {
      out.append("%!").appendCodePoint(verb).append("(MISSING)");
    } else {
      pad(converted(arguments.get(next++), verb, spec), spec);
    }
  }

  private Spec spec() {
    boolean minus = false;
    boolean plus = false;
    boolean sharp = false;
    boolean space = false;
    boolean zero = false;
    boolean flags = true;
    while (flags && at < format.length()) {
      switch (format.charAt(at)) {
        case '-' -> minus = true;
        case '+' -> plus = true;
        case '#' -> sharp = true;
        case ' ' -> space = true;
        case '0' -> zero = true;
        default -> flags = false;
      }
      at += flags ? 1 : 0;
    }
    int width = number();
    int precision = -1;
    if (at < format.length() && format.charAt(at) == '.') {
      at++;
      precision = Math.max(0, number());
    }
    return new Spec(minus, plus, sharp, space, zero && !minus, width, precision);
  }

  /// Digits, or a star that stands for an argument; -1 where there is neither.
  private int number() {
    if (at < format.length() && format.charAt(at) == '*') {
      at++;
      if (next < arguments.size() && arguments.get(next) instanceof Value.Whole(long given)) {
        next++;
        return Math.clamp(given, -1, MAX_WIDTH);
      }
      out.append("%!(BADWIDTH)");
      return -1;
    }
    int number = -1;
    while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
      number = Math.min(MAX_WIDTH, Math.max(0, number) * 10 + (format.charAt(at) - '0'));
      at++;
    }
    return number;
  }

  private void pad(String text, Spec spec) {
    int missing = spec.width - text.codePointCount(0, text.length());
    if (missing <= 0) {
      out.append(text);
    } else if (spec.minus) {
      out.append(text).repeat(' ', missing);
    } else if (spec.zero) {
      boolean signed = text.startsWith("-") || text.startsWith("+");
      out.append(signed ? text.substring(0, 1) : "").repeat('0', missing);
      out.append(signed ? text.substring(1) : text);
    } else {
      out.repeat(' ', missing).append(text);
    }
  }

  private String converted(Value value, int verb, Spec spec) {
    if (verb == 'T') {
      return value.type();
    }
    if (verb == 'v') {
      return switch (value) {
        case Value.Whole _ -> converted(value, 'd', spec);
        case Value.Real _ -> converted(value, 'g', spec);
        case Value.Text(String text) when spec.sharp -> quoted(text);
        case Value.Text _ -> converted(value, 's', spec);
        default -> printed(value);
      };
    }
    String text =
        switch (value) {
          case Value.Whole(long number) -> whole(number, verb, spec);
          case Value.Real(double number) -> real(number, verb, spec);
          case Value.Text(String given) -> text(given, verb, spec);
          case Value.Bool(boolean truth) -> verb == 't' ? String.valueOf(truth) : null;
          case Value.Moment _, Value.Span _ -> verb == 's' ? printed(value) : null;
          case Value.Sequence _, Value.Mapping _, Value.Structure _ ->
              verb == 's' ? printed(value) : null;
          case Value.Nil _ -> null;
        };
    return text == null ? bad(value, verb) : text;
  }

  private String bad(Value value, int verb) {
    StringBuilder text = new StringBuilder("%!").appendCodePoint(verb).append('(');
    if (value instanceof Value.Nil) {
      return text.append("<nil>)").toString();
    }
    text.append(value.type()).append('=');
    Printing.append(value, text, limit);
    return text.append(')').toString();
  }

  private String printed(Value value) {
    StringBuilder text = new StringBuilder();
    Printing.append(value, text, limit);
    return text.toString();
  }

  private static @Nullable String whole(long number, int verb, Spec spec) {
    String digits =
        switch (verb) {
          case 'd' -> String.valueOf(number);
          case 'b' -> Long.toString(number, 2);
          case 'o' -> (spec.sharp ? "0" : "") + Long.toString(number, 8);
          case 'O' -> "0o" + Long.toString(number, 8);
          case 'x' -> (spec.sharp ? "0x" : "") + Long.toString(number, 16);
          case 'X' -> (spec.sharp ? "0X" : "") + Long.toString(number, 16).toUpperCase(Locale.ROOT);
          case 'c' -> isCharacter(number) ? Character.toString((int) number) : "\uFFFD";
          case 'q' ->
              "'" + (isCharacter(number) ? Character.toString((int) number) : "\uFFFD") + "'";
          case 'U' -> "U+%04X".formatted(number);
          default -> null;
        };
    return digits == null || "cqU".indexOf(verb) >= 0 ? digits : signed(digits, spec);
  }

  private static boolean isCharacter(long number) {
    return number >= 0 && number <= Character.MAX_CODE_POINT;
  }

  private static String signed(String digits, Spec spec) {
    if (digits.startsWith("-") || digits.startsWith("+")) {
      return digits;
    }
    return (spec.plus ? "+" : spec.space ? " " : "") + digits;
  }

  private static @Nullable String real(double number, int verb, Spec spec) {
    if (!Double.isFinite(number)) {
      boolean known = "eEfFgG".indexOf(verb) >= 0;
      String name = Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
      return known ? (name.equals("NaN") && spec.plus ? "+NaN" : name) : null;
    }
    int precision = spec.precision < 0 ? 6 : spec.precision;
    String digits =
        switch (verb) {
          case 'f', 'F' -> fixed(number, precision);
          case 'e' -> scientific(number, precision);
          case 'E' -> scientific(number, precision).toUpperCase(Locale.ROOT);
          case 'g' ->
              spec.precision < 0
                  ? ValueText.of(number)
                  : general(number, spec.precision, spec.sharp);
          case 'G' ->
              (spec.precision < 0
                      ? ValueText.of(number)
                      : general(number, spec.precision, spec.sharp))
                  .toUpperCase(Locale.ROOT);
          default -> null;
        };
    return digits == null ? null : signed(digits, spec);
  }

  private static String fixed(double number, int precision) {
    String digits =
        new BigDecimal(Math.abs(number))
            .setScale(precision, RoundingMode.HALF_EVEN)
            .toPlainString();
    return (isNegative(number) ? "-" : "") + digits;
  }

  private static String scientific(double number, int precision) {
    String sign = isNegative(number) ? "-" : "";
    if (number == 0) {
      return sign + "0" + (precision > 0 ? "." + "0".repeat(precision) : "") + "e+00";
    }
    BigDecimal rounded = rounded(number, precision + 1);
    String digits = rounded.unscaledValue().toString();
    int exponent = digits.length() - 1 - rounded.scale();
    digits += "0".repeat(Math.max(0, precision + 1 - digits.length()));
    return sign
        + digits.charAt(0)
        + (precision > 0 ? "." + digits.substring(1, precision + 1) : "")
        + exponent(exponent);
  }

  private static String exponent(int exponent) {
    String width = Math.abs(exponent) < 10 ? "0" : "";
    return (exponent < 0 ? "e-" : "e+") + width + Math.abs(exponent);
  }

  private static BigDecimal rounded(double number, int digits) {
    return new BigDecimal(Math.abs(number)).round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  private static String general(double number, int given, boolean keepsZeros) {
    if (!Double.isFinite(number)) {
      return Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
    }
    int precision = Math.max(1, given);
    if (number == 0) {
      return isNegative(number) ? "-0" : "0";
    }
    BigDecimal rounded = rounded(number, precision);
    int exponent = rounded.precision() - 1 - rounded.scale();
    BigDecimal shown = keepsZeros ? rounded : rounded.stripTrailingZeros();
    String sign = isNegative(number) ? "-" : "";
    // Go takes the number of digits that there are, where that is less than the precision, but not
    // less than the digits before the point.
    int digits = shown.precision();
    int threshold = precision > digits && digits >= exponent + 1 ? digits : precision;
    if (exponent < -4 || exponent >= threshold) {
      String all = shown.unscaledValue().toString();
      return sign
          + all.charAt(0)
          + (all.length() > 1 ? "." + all.substring(1) : "")
          + exponent(exponent);
    }
    return sign + shown.toPlainString();
  }

  private static boolean isNegative(double number) {
    return number < 0 || (number == 0 && 1 / number < 0);
  }

  private static @Nullable String text(String given, int verb, Spec spec) {
    boolean cut = spec.precision >= 0 && given.codePointCount(0, given.length()) > spec.precision;
    String text = cut ? given.substring(0, given.offsetByCodePoints(0, spec.precision)) : given;
    return switch (verb) {
      case 's' -> text;
      case 'q' -> spec.sharp && text.indexOf('`') < 0 ? "`" + text + "`" : quoted(text);
      case 'x', 'X' -> {
        String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        yield verb == 'X' ? hex.toUpperCase(Locale.ROOT) : hex;
      }
      default -> null;
    };
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case 0x07 -> quoted.append("\\a");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                case 0x0b -> quoted.append("\\v");
                default -> {
                  if (c < ' ' || c == 0x7f) {
                    quoted.append("\\x%02x".formatted(c));
                  } else {
                    quoted.appendCodePoint(c);
                  }
                }
              }
            });
    return quoted.append('"').toString();
  }
}
