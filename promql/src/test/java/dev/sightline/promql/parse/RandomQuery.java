package dev.sightline.promql.parse;

import dev.sightline.promql.ast.Aggregation;
import dev.sightline.promql.ast.BinaryOperator;
import dev.sightline.promql.ast.Function;
import dev.sightline.promql.ast.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Well-typed queries by chance, in odd but legal spelling.
final class RandomQuery {
  private static final String[] LABELS = {"a", "le", "by", "\"b c\"", "__name__", "sum"};
  private static final String[] NAMES = {
    "up", "a:b", "requests_total", "{\"x y\"}", "count", "inf_"
  };
  private static final String[] NUMBERS = {
    "1", "-2.5", "1e6", "0x1f", "1_000", "Inf", "-inf", "NaN", "5m", "1h30m", "017", ".5"
  };

  private final Random random;

  RandomQuery(Random random) {
    this.random = random;
  }

  String vector(int depth) {
    int choice = depth == 0 ? 0 : random.nextInt(7);
    return switch (choice) {
      case 0, 1 -> selector() + shift();
      case 2 -> "(" + vector(depth - 1) + ")";
      case 3 -> "-(" + vector(depth - 1) + ")";
      case 4 -> binary(depth);
      case 5 -> aggregate(depth);
      default -> call(depth);
    };
  }

  private String scalar(int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(4)) {
      case 0 -> pick(NUMBERS);
      case 1 -> "scalar(" + vector(depth - 1) + ")";
      case 2 -> "(" + scalar(depth - 1) + " ^ " + scalar(depth - 1) + ")";
      default -> "time()";
    };
  }

  private String binary(int depth) {
    BinaryOperator operator = pick(BinaryOperator.values());
    String matching = random.nextBoolean() ? "" : random.nextBoolean() ? "on(a, le)" : "ignoring()";
    if (!matching.isEmpty() && !operator.isSet() && random.nextBoolean()) {
      matching += random.nextBoolean() ? " group_left()" : " group_right(pod,)";
    }
    if (!operator.isSet() && random.nextInt(4) == 0) {
      matching += " fill(-1)";
    }
    String bool = operator.isComparison() && random.nextBoolean() ? " bool " : " ";
    return vector(depth - 1) + " " + operator.text() + bool + matching + " " + vector(depth - 1);
  }

  private String aggregate(int depth) {
    Aggregation aggregation = pick(Aggregation.values());
    String parameter =
        aggregation.parameter() == null
            ? ""
            : (aggregation.parameter() == ValueType.STRING ? "'v'" : scalar(depth - 1)) + ",";
    String grouping =
        random.nextBoolean()
            ? ""
            : (random.nextBoolean() ? " BY(" : " without(") + pick(LABELS) + ")";
    String body = "(" + parameter + vector(depth - 1) + ")";
    return random.nextBoolean()
        ? aggregation.text() + grouping + body
        : aggregation.text() + body + grouping;
  }

  private String call(int depth) {
    Function function = pick(Function.values());
    if (function.result() != ValueType.VECTOR || function == Function.INFO) {
      return "vector(" + scalar(depth - 1) + ")";
    }
    List<String> arguments = new ArrayList<>();
    int count = Math.min(function.maxArguments(), function.minArguments() + random.nextInt(3));
    for (int i = 0; i < count; i++) {
      arguments.add(
          switch (function.parameter(i)) {
            case SCALAR -> scalar(depth - 1);
            case VECTOR -> vector(depth - 1);
            case MATRIX -> matrix(depth - 1);
            case STRING -> pick(new String[] {"'a'", "\"\\n\\\\\"", "`$1`"});
          });
    }
    return function.text() + "(" + String.join(" , ", arguments) + ")";
  }

  private String matrix(int depth) {
    String step = random.nextBoolean() ? "" : span(1);
    return random.nextBoolean()
        ? selector() + "[" + span(2) + "]" + shift()
        : "(" + vector(depth) + ")[" + span(2) + ":" + step + "]" + shift();
  }

  private String span(int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(6)) {
      case 0, 1 -> pick(new String[] {"5m", "1d2h", "300", "0.5", "90", "1y", "1001ms", "6w"});
      case 2 -> "(" + span(depth - 1) + ") " + pick("+-*/%^".split("")) + " " + span(depth - 1);
      case 3 -> "-" + span(depth - 1);
      case 4 -> "min_of(" + span(depth - 1) + "," + span(depth - 1) + ")";
      default -> random.nextBoolean() ? "STEP()" : "range()";
    };
  }

  private String shift() {
    String offset = random.nextInt(3) == 0 ? " offset (" + span(1) + ")" : "";
    String at =
        random.nextInt(3) == 0
            ? " @ " + pick(new String[] {"start()", "end()", "12.345", "-3"})
            : "";
    return random.nextBoolean() ? offset + at : at + offset;
  }

  private String selector() {
    String name = pick(NAMES);
    if (name.startsWith("{") || random.nextBoolean()) {
      return name;
    }
    String operator = pick(new String[] {"=", "!=", "=~", "!~"});
    return name + "{" + pick(LABELS).replace("__name__", "c") + operator + "'v.*',}";
  }

  private <T> T pick(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
