package dev.sightline.logql.stage;

import static dev.sightline.template.function.Arguments.number;
import static dev.sightline.template.function.Arguments.text;

import dev.sightline.logql.parse.Quantities;
import dev.sightline.template.Moments;
import dev.sightline.template.TemplateFunction;
import dev.sightline.template.TemplateFunction.Refusal;
import dev.sightline.template.Value;
import dev.sightline.template.function.Texts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/// The functions that `line_format` and `label_format` may call, besides those of the template
/// language itself.
final class TemplateFunctions {
  private static final int MAX_LENGTH = 262_144;

  static final Map<String, TemplateFunction> ALL;

  static {
    Map<String, TemplateFunction> all = new HashMap<>();
    addTexts(all);
    addChecks(all);
    addNumbers(all);
    addTimes(all);
    ALL = Map.copyOf(all);
  }

  private TemplateFunctions() {}

  private interface Rewriting {
    String of(String text);
  }

  private static void rewriting(Map<String, TemplateFunction> all, Rewriting how, String... names) {
    for (String name : names) {
      all.put(name, TemplateFunction.of(1, a -> new Value.Text(how.of(plain(a.getFirst())))));
    }
  }

  private static void function(
      Map<String, TemplateFunction> all, String name, int count, TemplateFunction.Body body) {
    all.put(name, TemplateFunction.of(count, body));
  }

  private static void addTexts(Map<String, TemplateFunction> all) {
    rewriting(all, text -> text.toLowerCase(Locale.ROOT), "lower", "ToLower");
    rewriting(all, text -> text.toUpperCase(Locale.ROOT), "upper", "ToUpper");
    rewriting(all, Texts::title, "title");
    rewriting(all, String::strip, "trim", "trimSpace", "TrimSpace");
    rewriting(all, TemplateFunctions::encoded, "b64enc");
    rewriting(all, TemplateFunctions::decoded, "b64dec");
    rewriting(all, text -> URLEncoder.encode(text, StandardCharsets.UTF_8), "urlencode");
    rewriting(all, TemplateFunctions::urlDecoded, "urldecode");
    function(all, "trimAll", 2, a -> trimmed(plain(a.get(1)), plain(a.get(0)), true, true));
    function(all, "Trim", 2, a -> trimmed(plain(a.get(0)), plain(a.get(1)), true, true));
    function(all, "TrimLeft", 2, a -> trimmed(plain(a.get(0)), plain(a.get(1)), true, false));
    function(all, "TrimRight", 2, a -> trimmed(plain(a.get(0)), plain(a.get(1)), false, true));
    function(all, "trimPrefix", 2, a -> withoutPrefix(plain(a.get(1)), plain(a.get(0))));
    function(all, "TrimPrefix", 2, a -> withoutPrefix(plain(a.get(0)), plain(a.get(1))));
    function(all, "trimSuffix", 2, a -> withoutSuffix(plain(a.get(1)), plain(a.get(0))));
    function(all, "TrimSuffix", 2, a -> withoutSuffix(plain(a.get(0)), plain(a.get(1))));
    function(all, "trunc", 2, a -> truncated((int) number(a.get(0)), plain(a.get(1))));
    function(all, "substr", 3, TemplateFunctions::part);
    function(all, "repeat", 2, a -> repeated((int) number(a.get(0)), plain(a.get(1))));
    function(all, "replace", 3, a -> replaced(plain(a.get(2)), plain(a.get(0)), plain(a.get(1))));
    function(all, "Replace", 4, TemplateFunctions::replacedTimes);
    function(all, "indent", 2, a -> indented((int) number(a.get(0)), plain(a.get(1)), ""));
    function(all, "nindent", 2, a -> indented((int) number(a.get(0)), plain(a.get(1)), "\n"));
    function(all, "alignLeft", 2, a -> aligned((int) number(a.get(0)), plain(a.get(1)), true));
    function(all, "alignRight", 2, a -> aligned((int) number(a.get(0)), plain(a.get(1)), false));
    function(
        all,
        "regexReplaceAll",
        3,
        a -> new Value.Text(Texts.replaceAll(text(a.get(0)), text(a.get(2)), plain(a.get(1)))));
    function(
        all,
        "regexReplaceAllLiteral",
        3,
        a ->
            new Value.Text(
                Texts.replaceAll(
                    text(a.get(0)), text(a.get(2)).replace("$", "$$"), plain(a.get(1)))));
  }

  private static void addChecks(Map<String, TemplateFunction> all) {
    function(all, "contains", 2, a -> Value.of(plain(a.get(1)).contains(plain(a.get(0)))));
    function(all, "hasPrefix", 2, a -> Value.of(plain(a.get(1)).startsWith(plain(a.get(0)))));
    function(all, "hasSuffix", 2, a -> Value.of(plain(a.get(1)).endsWith(plain(a.get(0)))));
    function(all, "default", 2, a -> a.get(1).isTrue() ? a.get(1) : a.get(0));
    function(all, "count", 2, a -> counted(text(a.get(0)), plain(a.get(1))));
  }

  private static void addNumbers(Map<String, TemplateFunction> all) {
    whole(all, "add", Math::addExact);
    whole(all, "sub", Math::subtractExact);
    whole(all, "mul", Math::multiplyExact);
    whole(all, "div", (a, b) -> a / b);
    whole(all, "mod", (a, b) -> a % b);
    whole(all, "max", Math::max);
    whole(all, "min", Math::min);
    real(all, "addf", Double::sum);
    real(all, "subf", (a, b) -> a - b);
    real(all, "mulf", (a, b) -> a * b);
    real(all, "divf", (a, b) -> a / b);
    real(all, "maxf", Math::max);
    real(all, "minf", Math::min);
    function(all, "ceil", 1, a -> new Value.Real(Math.ceil(number(a.getFirst()))));
    function(all, "floor", 1, a -> new Value.Real(Math.floor(number(a.getFirst()))));
    all.put("round", new TemplateFunction(2, 3, a -> rounded(number(a.get(0)), number(a.get(1)))));
    function(all, "int", 1, a -> new Value.Whole((long) number(a.getFirst())));
    function(all, "float64", 1, a -> new Value.Real(number(a.getFirst())));
    function(all, "bytes", 1, a -> new Value.Real(quantity(plain(a.getFirst()), false)));
    function(all, "duration", 1, a -> new Value.Real(quantity(plain(a.getFirst()), true)));
    function(all, "duration_seconds", 1, a -> new Value.Real(quantity(plain(a.getFirst()), true)));
  }

  private static void addTimes(Map<String, TemplateFunction> all) {
    function(all, "date", 2, a -> new Value.Text(Moments.format(moment(a.get(1)), text(a.get(0)))));
    function(all, "unixEpoch", 1, a -> digits(moment(a.getFirst()).getEpochSecond()));
    function(all, "unixEpochMillis", 1, a -> digits(moment(a.getFirst()).toEpochMilli()));
    function(
        all,
        "unixEpochNanos",
        1,
        a -> {
          Instant instant = moment(a.getFirst());
          return digits(instant.getEpochSecond() * 1_000_000_000L + instant.getNano());
        });
    function(all, "unixToTime", 1, a -> new Value.Moment(ofEpoch(plain(a.getFirst()))));
  }

  private static Value digits(long number) {
    return new Value.Text(Long.toString(number));
  }

  private static void whole(
      Map<String, TemplateFunction> all, String name, LongBinaryOperator operator) {
    all.put(
        name,
        new TemplateFunction(
            1,
            TemplateFunction.ANY_NUMBER,
            a -> {
              try {
                return new Value.Whole(
                    a.stream().mapToLong(v -> (long) number(v)).reduce(operator).orElse(0));
              } catch (ArithmeticException failure) {
                throw new Refusal(name + ": " + failure.getMessage());
              }
            }));
  }

  private static void real(
      Map<String, TemplateFunction> all, String name, DoubleBinaryOperator operator) {
    all.put(
        name,
        new TemplateFunction(
            1,
            TemplateFunction.ANY_NUMBER,
            a ->
                new Value.Real(
                    a.stream()
                        .mapToDouble(dev.sightline.template.function.Arguments::number)
                        .reduce(operator)
                        .orElse(0))));
  }

  private static String plain(Value value) {
    return switch (value) {
      case Value.Whole(long number) -> Long.toString(number);
      case Value.Real(double number) -> Quantities.formatNumber(number);
      case Value.Bool(boolean flag) -> Boolean.toString(flag);
      default -> text(value);
    };
  }

  private static Instant moment(Value value) {
    if (value instanceof Value.Moment(Instant instant)) {
      return instant;
    }
    throw new Refusal("wrong type for value; expected time.Time; got " + value.type());
  }

  /// By the number of digits: days, seconds, milliseconds, microseconds or nanoseconds.
  private static Instant ofEpoch(String text) {
    if (!text.matches("[0-9]{1,19}")) {
      throw new Refusal("unable to parse time '" + text + "'");
    }
    long number = Long.parseLong(text);
    return switch (text.length()) {
      case 5 -> Instant.ofEpochSecond(number * 86_400);
      case 10 -> Instant.ofEpochSecond(number);
      case 13 -> Instant.ofEpochMilli(number);
      case 16 -> Instant.ofEpochSecond(number / 1_000_000, number % 1_000_000 * 1_000);
      case 19 -> Instant.ofEpochSecond(number / 1_000_000_000, number % 1_000_000_000);
      default -> throw new Refusal("unable to parse time '" + text + "'");
    };
  }

  private static double quantity(String text, boolean duration) {
    long read = duration ? Quantities.durationNs(text) : Quantities.sizeBytes(text);
    if (read == Quantities.NONE) {
      throw new Refusal((duration ? "no duration: \"" : "no size: \"") + text + '"');
    }
    return duration ? read / 1e9 : read;
  }

  private static Value rounded(double value, double places) {
    if (!Double.isFinite(value) || Math.abs(places) > 30) {
      return new Value.Real(value);
    }
    return new Value.Real(
        BigDecimal.valueOf(value).setScale((int) places, RoundingMode.HALF_UP).doubleValue());
  }

  private static Value counted(String regex, String text) {
    String marked = Texts.replaceAll(regex, "\u0000", text.replace("\u0000", ""));
    return new Value.Whole(marked.chars().filter(c -> c == 0).count());
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String text) {
    try {
      return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException bad) {
      throw new Refusal("no base64: " + bad.getMessage());
    }
  }

  private static String urlDecoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException bad) {
      throw new Refusal("invalid URL escape: " + bad.getMessage());
    }
  }

  private static Value trimmed(String text, String cutset, boolean left, boolean right) {
    int from = 0;
    int to = text.length();
    while (left && from < to && cutset.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (right && to > from && cutset.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return new Value.Text(text.substring(from, to));
  }

  private static Value withoutPrefix(String text, String prefix) {
    return new Value.Text(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
  }

  private static Value withoutSuffix(String text, String suffix) {
    return new Value.Text(
        text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text);
  }

  /// A negative count keeps the end.
  private static Value truncated(int count, String text) {
    int length = Math.min(Math.abs(count), text.length());
    return new Value.Text(
        count < 0 ? text.substring(text.length() - length) : text.substring(0, length));
  }

  private static Value part(List<Value> arguments) {
    String text = plain(arguments.get(2));
    int from = Math.clamp((long) number(arguments.get(0)), 0, text.length());
    double end = number(arguments.get(1));
    int to = end < 0 ? text.length() : Math.clamp((long) end, from, text.length());
    return new Value.Text(text.substring(from, to));
  }

  private static Value repeated(int count, String text) {
    if ((long) Math.max(0, count) * text.length() > MAX_LENGTH) {
      throw new Refusal("more than " + MAX_LENGTH + " characters");
    }
    return new Value.Text(text.repeat(Math.max(0, count)));
  }

  private static Value replaced(String text, String old, String fresh) {
    long most = (long) (old.isEmpty() ? text.length() + 1 : text.length() / old.length());
    if (text.length() + most * fresh.length() > 4L * MAX_LENGTH) {
      throw new Refusal("more than " + MAX_LENGTH + " characters");
    }
    return new Value.Text(text.replace(old, fresh));
  }

  private static Value replacedTimes(List<Value> arguments) {
    String text = plain(arguments.get(0));
    String old = plain(arguments.get(1));
    String fresh = plain(arguments.get(2));
    int times = (int) number(arguments.get(3));
    if (times < 0) {
      return replaced(text, old, fresh);
    }
    StringBuilder result = new StringBuilder();
    int from = 0;
    for (int i = 0; i < times && !old.isEmpty(); i++) {
      int at = text.indexOf(old, from);
      if (at < 0 || result.length() > MAX_LENGTH) {
        break;
      }
      result.append(text, from, at).append(fresh);
      from = at + old.length();
    }
    return new Value.Text(result.append(text, from, text.length()).toString());
  }

  private static Value indented(int spaces, String text, String before) {
    if (spaces < 0 || (long) spaces * (text.lines().count() + 1) > MAX_LENGTH) {
      throw new Refusal("cannot indent by " + spaces);
    }
    String indent = " ".repeat(spaces);
    return new Value.Text(before + indent + text.replace("\n", "\n" + indent));
  }

  /// Cut or filled to a width.
  private static Value aligned(int width, String text, boolean left) {
    if (width < 0 || width > MAX_LENGTH) {
      throw new Refusal("cannot align to " + width);
    }
    int length = text.codePointCount(0, text.length());
    if (length > width) {
      int cut = text.offsetByCodePoints(0, left ? width : length - width);
      return new Value.Text(left ? text.substring(0, cut) : text.substring(cut));
    }
    String fill = " ".repeat(width - length);
    return new Value.Text(left ? text + fill : fill + text);
  }
}
