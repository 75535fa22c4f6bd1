package dev.sightline.promql;

import java.util.Random;

/// Well-typed expressions over the series of [DifferentialTest], from a seed.
final class RandomExpression {
  private static final String[] WINDOWED = {
    "sum_over_time",
    "avg_over_time",
    "count_over_time",
    "min_over_time",
    "max_over_time",
    "first_over_time",
    "last_over_time",
    "stdvar_over_time",
    "stddev_over_time",
    "changes",
    "resets",
    "rate",
    "increase",
    "delta",
    "irate",
    "idelta",
    "present_over_time"
  };
  private static final String[] AGGREGATIONS = {
    "sum", "avg", "min", "max", "count", "group", "stddev", "stdvar"
  };
  private static final String[] MAPPED = {"abs", "ceil", "floor", "sqrt", "sgn", "-"};
  private static final String[] ARITHMETIC = {"+", "-", "*", "/", "%"};
  private static final String[] COMPARISONS = {"==", "!=", "<", "<=", ">", ">="};
  private static final String[] SETS = {"and", "or", "unless"};
  private static final String[] SPANS = {"45s", "2m", "5m", "11m"};

  private final Random random;

  RandomExpression(Random random) {
    this.random = random;
  }

  String query() {
    return random.nextInt(20) == 0 ? scalar(2) : vector(4);
  }

  private String vector(int depth) {
    if (depth == 0) {
      return selector();
    }
    int next = depth - 1;
    return switch (random.nextInt(14)) {
      case 0 -> selector();
      case 1, 2, 3 -> any(WINDOWED) + "(" + range(next) + ")";
      case 4, 5 -> any(AGGREGATIONS) + grouping() + "(" + vector(next) + ")";
      case 6 -> any(MAPPED) + "(" + vector(next) + ")";
      case 7 -> "(" + vector(next) + ") " + operator() + " " + scalar(1);
      case 8 -> scalar(1) + " " + operator() + " (" + vector(next) + ")";
      case 9, 10 -> "(" + vector(next) + ") " + operator() + matching() + " (" + vector(next) + ")";
      case 11 -> "(" + vector(next) + ") " + any(SETS) + on() + " (" + vector(next) + ")";
      case 12 -> parameterized(next);
      default -> "(" + vector(next) + ")";
    };
  }

  private String parameterized(int depth) {
    return switch (random.nextInt(7)) {
      case 0 ->
          any("topk", "bottomk") + grouping() + "(" + random.nextInt(4) + ", " + plain() + ")";
      case 1 ->
          "quantile"
              + grouping()
              + "("
              + any("0", "0.3", "0.5", "1", "2")
              + ", "
              + vector(depth)
              + ")";
      case 2 -> "quantile_over_time(" + any("0", "0.4", "1", "-1") + ", " + range(depth) + ")";
      case 3 -> "count_values" + grouping() + "(\"v\", ceil(" + plain() + "))";
      case 4 -> "clamp_max(" + vector(depth) + ", " + scalar(0) + ")";
      case 5 -> "vector(" + scalar(1) + ")";
      default -> any("absent", "absent") + "(sum(" + vector(depth) + ") > 1e300)";
    };
  }

  private String range(int depth) {
    if (depth > 0 && random.nextInt(4) == 0) {
      String step = any("", "20s", "1m", "90s");
      return "(" + vector(Math.min(depth - 1, 2)) + ")[" + any(SPANS) + ":" + step + "]" + shift();
    }
    return plain() + "[" + any(SPANS) + "]" + shift();
  }

  private String selector() {
    return plain() + shift();
  }

  private String plain() {
    if (random.nextInt(5) == 0) {
      return any("{__name__=~\".+\"}", "{a=\"x\"}", "{__name__!=\"nothing\", b=\"1\"}");
    }
    return any("up_total", "up_total", "temperature", "nothing")
        + any("", "{a=\"x\"}", "{b!=\"1\"}", "{a=~\"x|y\",b=\"2\"}");
  }

  private String shift() {
    return any(
        "", "", "", " offset 1m", " offset -30s", " @ 600", " @ end()", " @ start() offset 2m");
  }

  private String grouping() {
    return any("", " by (a)", " by (a, b)", " without (b)", " by (__name__, a)");
  }

  private String matching() {
    return any(
        "",
        "",
        " on (a, b)",
        " ignoring (b)",
        " on (a) group_left ()",
        " on (a) group_right (b)",
        " ignoring (b) group_left ()");
  }

  private String on() {
    return any("", " on (a)", " ignoring (b)");
  }

  private String operator() {
    return switch (random.nextInt(4)) {
      case 0 -> any(COMPARISONS);
      case 1 -> any(COMPARISONS) + " bool";
      default -> any(ARITHMETIC);
    };
  }

  private String scalar(int depth) {
    if (depth == 0 || random.nextBoolean()) {
      return any("0.37", "2", "-1.5", "60", "NaN", "Inf", "time()");
    }
    return switch (random.nextInt(3)) {
      case 0 -> "scalar(" + vector(1) + ")";
      case 1 -> "(" + scalar(depth - 1) + " " + any(ARITHMETIC) + " " + scalar(depth - 1) + ")";
      default -> "-" + scalar(0).replace("-", "");
    };
  }

  private String any(String... of) {
    return of[random.nextInt(of.length)];
  }
}
