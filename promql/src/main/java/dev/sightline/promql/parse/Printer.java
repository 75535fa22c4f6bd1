package dev.sightline.promql.parse;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.MatchOperator;
import dev.sightline.model.label.Matcher;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.Grouping;
import dev.sightline.promql.ast.Matching;
import dev.sightline.promql.ast.RangeMode;
import dev.sightline.promql.ast.Shift;
import dev.sightline.promql.ast.Span;
import java.util.List;
import java.util.stream.Collectors;

/// Writes a tree as text on one line; reading that yields the tree again.
public final class Printer {
  private Printer() {}

  public static String print(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral(double value, _) -> number(value);
      case Expr.StringLiteral(String value, _) -> Quoting.quote(value);
      case Expr.Parenthesized(Expr inner, _) -> "(" + print(inner) + ")";
      case Expr.VectorSelector s -> selector(s) + mode(s.mode()) + shift(s.shift());
      case Expr.MatrixSelector m ->
          selector(m.selector())
              + "["
              + span(m.range())
              + "]"
              + mode(m.mode())
              + shift(m.selector().shift());
      case Expr.Subquery s -> print(s.inner()) + window(s);
      case Expr.Unary(boolean negative, Expr operand, _) -> (negative ? "-" : "+") + print(operand);
      case Expr.Binary b -> print(b.left()) + " " + operator(b) + " " + print(b.right());
      case Expr.Aggregate a ->
          head(a)
              + "("
              + (a.parameter() == null ? "" : print(a.parameter()) + ", ")
              + print(a.operand())
              + ")";
      case Expr.Call c ->
          c.function().text()
              + "("
              + c.arguments().stream().map(Printer::print).collect(Collectors.joining(", "))
              + ")";
    };
  }

  /// What stands behind the inner expression of a subquery.
  static String window(Expr.Subquery subquery) {
    return "["
        + span(subquery.range())
        + ":"
        + (subquery.step() == null ? "" : span(subquery.step()))
        + "]"
        + shift(subquery.shift());
  }

  /// What stands between the sides of a binary operator.
  static String operator(Expr.Binary binary) {
    return binary.operator().text() + (binary.bool() ? " bool" : "") + matching(binary.matching());
  }

  /// What stands before the arguments of an aggregation.
  static String head(Expr.Aggregate aggregate) {
    return aggregate.aggregation().text() + grouping(aggregate.grouping());
  }

  private static String number(double value) {
    // A sign in front would be read as an operator.
    return value == Double.POSITIVE_INFINITY ? "Inf" : Numbers.format(value);
  }

  private static String selector(Expr.VectorSelector selector) {
    String name = "";
    StringBuilder braces = new StringBuilder();
    for (Matcher matcher : selector.matchers()) {
      boolean isName =
          matcher.name().equals(Label.METRIC_NAME) && matcher.operator() == MatchOperator.EQUAL;
      if (isName && isMetricWord(matcher.value())) {
        name = matcher.value();
        continue;
      }
      braces.append(braces.isEmpty() ? "" : ",");
      braces.append(
          isName
              ? Quoting.quote(matcher.value())
              : label(matcher.name()) + matcher.operator().sign() + Quoting.quote(matcher.value()));
    }
    return name + (braces.isEmpty() && !name.isEmpty() ? "" : "{" + braces + "}");
  }

  private static String shift(Shift shift) {
    String at =
        switch (shift.at()) {
          case null -> "";
          case Shift.Moment(long ms) -> " @ " + number(ms / 1000.0);
          case Shift.QueryStart _ -> " @ start()";
          case Shift.QueryEnd _ -> " @ end()";
        };
    return at + (shift.offset() == null ? "" : " offset " + offset(shift.offset()));
  }

  private static String offset(Span span) {
    return span instanceof Span.Arithmetic || span instanceof Span.Negated
        ? "(" + span(span) + ")"
        : span(span);
  }

  static String span(Span span) {
    return switch (span) {
      case Span.Fixed(double seconds) -> fixed(seconds);
      case Span.QueryStep _ -> "step()";
      case Span.QueryRange _ -> "range()";
      case Span.Negated(Span inner) -> "-" + operand(inner);
      case Span.Arithmetic(var operator, Span left, Span right) ->
          operand(left) + " " + operator.text() + " " + operand(right);
      case Span.Smaller(Span left, Span right) -> "min_of(" + span(left) + ", " + span(right) + ")";
      case Span.Larger(Span left, Span right) -> "max_of(" + span(left) + ", " + span(right) + ")";
    };
  }

  private static String operand(Span span) {
    boolean simple =
        switch (span) {
          case Span.Fixed(double seconds) -> seconds >= 0;
          case Span.QueryStep _, Span.QueryRange _, Span.Smaller _, Span.Larger _ -> true;
          case Span.Negated _, Span.Arithmetic _ -> false;
        };
    return simple ? span(span) : "(" + span(span) + ")";
  }

  private static String fixed(double seconds) {
    long ms = Math.round(seconds * 1000);
    boolean wholeMs = ms / 1000.0 == seconds && Math.abs(ms) < 1L << 52 && ms != 0;
    return wholeMs ? Numbers.formatDuration(ms) : number(seconds);
  }

  private static String mode(RangeMode mode) {
    return mode == RangeMode.PLAIN ? "" : " " + mode.text();
  }

  private static String matching(Matching matching) {
    StringBuilder text = new StringBuilder();
    boolean grouped = matching.cardinality() != Matching.Cardinality.ONE_TO_ONE;
    if (matching.on() || !matching.labels().isEmpty() || grouped) {
      text.append(matching.on() ? " on " : " ignoring ").append(labels(matching.labels()));
    }
    if (grouped) {
      text.append(
          matching.cardinality() == Matching.Cardinality.MANY_TO_ONE
              ? " group_left "
              : " group_right ");
      text.append(labels(matching.include()));
    }
    if (matching.fillLeft() != null) {
      text.append(" fill_left (").append(number(matching.fillLeft())).append(')');
    }
    if (matching.fillRight() != null) {
      text.append(" fill_right (").append(number(matching.fillRight())).append(')');
    }
    return text.toString();
  }

  private static String grouping(Grouping grouping) {
    if (!grouping.without() && grouping.labels().isEmpty()) {
      return "";
    }
    return (grouping.without() ? " without " : " by ") + labels(grouping.labels()) + " ";
  }

  private static String labels(List<String> names) {
    return names.stream().map(Printer::label).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String label(String name) {
    return isLabelWord(name) ? name : Quoting.quote(name);
  }

  private static boolean isLabelWord(String name) {
    return name.matches("[a-zA-Z_][a-zA-Z0-9_]*");
  }

  private static boolean isMetricWord(String name) {
    return name.matches("[a-zA-Z_:][a-zA-Z0-9_:]*")
        && !Words.isKeyword(name)
        && Numbers.named(name) == null;
  }
}
