package dev.sightline.logql.parse;

import dev.sightline.logql.ast.BinaryOperator;
import dev.sightline.logql.ast.RangeFunction;
import dev.sightline.logql.ast.VectorFunction;
import java.util.Random;

/// Well-formed log queries by chance, in odd but legal spelling.
public final class RandomLogQuery {
  private static final String[] LABELS = {"a", "level", "json_", "request_id", "_x"};

  private final Random random;

  public RandomLogQuery(Random random) {
    this.random = random;
  }

  public String any(int depth) {
    return random.nextInt(3) == 0 ? lines(depth) : metric(depth);
  }

  String lines(int depth) {
    String lines = selector() + stages(depth);
    return random.nextInt(6) == 0 ? "(" + lines + ")" : lines;
  }

  String metric(int depth) {
    return switch (depth == 0 ? random.nextInt(2) : random.nextInt(7)) {
      case 0, 1 -> range();
      case 2 -> "(" + metric(depth - 1) + ")";
      case 3 -> binary(depth);
      case 4 -> aggregate(depth);
      case 5 -> "label_replace(" + metric(depth - 1) + ", \"a\", \"$1\", \"b\", \"(.*)x\")";
      default -> random.nextBoolean() ? "vector(" + number() + ")" : aggregate(depth);
    };
  }

  private String binary(int depth) {
    BinaryOperator operator = pick(BinaryOperator.values());
    String matching = pick("", "", "on(a,level)", "ignoring()");
    if (!matching.isEmpty() && !operator.isSet()) {
      matching += pick("", " group_left()", " group_left(a)", " group_right (a,)");
    }
    String bool = operator.isComparison() && random.nextBoolean() ? " bool " : " ";
    String right = operator.isSet() || random.nextBoolean() ? metric(depth - 1) : number();
    return metric(depth - 1) + " " + operator.text() + bool + matching + " " + right;
  }

  private String aggregate(int depth) {
    VectorFunction function = pick(VectorFunction.values());
    String parameter = function.takesParameter() ? "3, " : "";
    String grouping = function.groups() ? pick("", " by (a, level) ", " without(a)", " by ()") : "";
    String body = "(" + parameter + metric(depth - 1) + ")";
    return random.nextBoolean()
        ? function.text() + grouping + body
        : function.text() + body + grouping;
  }

  private String range() {
    RangeFunction function = pick(RangeFunction.values());
    String parameter = function == RangeFunction.QUANTILE_OVER_TIME ? "0.9, " : "";
    boolean unwrapped =
        switch (function.unwrapped()) {
          case NEVER -> false;
          case MAY -> random.nextBoolean();
          case ALWAYS -> true;
        };
    String unwrap =
        unwrapped
            ? pick("| unwrap a ", "| unwrap duration(a)", "|unwrap bytes(a) | __error__=\"\"")
            : "";
    String window = "[" + duration() + "]" + pick("", "", " offset 1m", " offset -30s");
    String stages = stages(2);
    String text =
        switch (random.nextInt(3)) {
          case 0 -> selector() + window + stages + unwrap;
          case 1 -> selector() + stages + window + unwrap;
          default -> selector() + stages + unwrap + window;
        };
    String grouping = function.groups() ? pick("", " by (a)", " without(b,c)") : "";
    return function.text() + "(" + parameter + text + ")" + grouping;
  }

  private String stages(int depth) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(' ').append(stage(depth));
    }
    return text.toString();
  }

  private String stage(int depth) {
    return switch (random.nextInt(13)) {
      case 0 ->
          pick("|=", "!=") + pick("\"x\"", "`a\"b`", "\"a\\n\" or \"b\"", "ip(\"10.0.0.0/8\")");
      case 1 -> pick("|~", "!~") + pick("\"a.*b\"", "`\\d+` or `x`", "\"(?i)err\"");
      case 2 -> pick("|>", "!>") + pick("\"<_> x <_>\"", "`a<_>`");
      case 3 -> "| json" + pick("", " a=\"x.y[0]\"", " a, b=`[\"k k\"].z`");
      case 4 -> "| logfmt" + pick("", " --strict", " --keep-empty --strict", " a=\"b\"");
      case 5 -> "| regexp `(?P<n>\\w+) (?P<m>.)`";
      case 6 -> "| pattern \"<ip> - <_> [<when>]\"";
      case 7 -> pick("| unpack", "| decolorize");
      case 8 -> "| line_format \"{{.a}} \\t{{.b}}\"";
      case 9 -> "| label_format a=b, c=`{{.d}}`";
      case 10 -> "| " + pick("drop", "keep") + pick(" a, b!=\"\"", " a, b=\"x\"", " c=~\"x.+\"");
      default -> "| " + condition(depth);
    };
  }

  private String condition(int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(5)) {
      case 1 -> condition(depth - 1) + pick(" and ", ", ", " ") + condition(depth - 1);
      case 2 -> condition(depth - 1) + " or " + condition(depth - 1);
      case 3 -> "(" + condition(depth - 1) + ")";
      default -> pick(LABELS) + comparison();
    };
  }

  private String comparison() {
    return switch (random.nextInt(4)) {
      case 0 -> pick("=", "==", "!=", "=~", "!~") + "\"v.*\"";
      case 1 -> pick("=", "!=") + " ip(`192.168.4.5-192.168.4.20`)";
      default ->
          pick("=", "==", "!=", ">", ">=", "<", "<=")
              + pick(number(), "-" + duration(), duration(), "10KB", "1.5MiB", "20B");
    };
  }

  private String number() {
    return pick("1", "2.5", "1e3", "0x1F", "0o17", "0b11", ".5", "-3", "1_000");
  }

  private String duration() {
    return pick("5m", "1h30m", "1.5s", "100ms", "2d", "1w", "3µs", "1y");
  }

  private String selector() {
    String other = pick("", ", a!=\"\"", ",b=~`x|y`", ", c!~\"z\",");
    return "{" + pick("a=\"b\"", "app=~\"x.+\"") + other + "}";
  }

  @SafeVarargs
  private <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
