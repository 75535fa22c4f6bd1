package dev.sightline.promql.parse;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.MatchOperator;
import dev.sightline.model.label.Matcher;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.Function;
import dev.sightline.promql.ast.Matching;
import dev.sightline.promql.ast.RangeMode;
import dev.sightline.promql.ast.Shift;
import dev.sightline.promql.ast.Span;
import dev.sightline.promql.ast.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A tree as maps and lists, with the names that Prometheus's page expects.
final class TreeFacts {
  private TreeFacts() {}

  static Map<String, @Nullable Object> of(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral(double value, _) ->
          facts("numberLiteral", "val", Numbers.format(value));
      case Expr.StringLiteral(String value, _) -> facts("stringLiteral", "val", value);
      case Expr.Parenthesized(Expr inner, _) -> facts("parenExpr", "expr", of(inner));
      case Expr.VectorSelector selector -> selector("vectorSelector", selector);
      case Expr.MatrixSelector matrix -> {
        Map<String, @Nullable Object> facts = selector("matrixSelector", matrix.selector());
        facts.put("range", ms(matrix.range()));
        facts.put("rangeExpr", written(matrix.range()));
        putMode(facts, matrix.mode());
        yield facts;
      }
      case Expr.Subquery subquery -> {
        Map<String, @Nullable Object> facts = facts("subquery", "expr", of(subquery.inner()));
        facts.put("range", ms(subquery.range()));
        facts.put("rangeExpr", written(subquery.range()));
        facts.put("step", subquery.step() == null ? 0L : ms(subquery.step()));
        facts.put("stepExpr", subquery.step() == null ? null : written(subquery.step()));
        putShift(facts, subquery.shift());
        yield facts;
      }
      case Expr.Unary unary -> {
        Map<String, @Nullable Object> facts =
            facts("unaryExpr", "op", unary.negative() ? "-" : "+");
        facts.put("expr", of(unary.operand()));
        yield facts;
      }
      case Expr.Binary binary -> binary(binary);
      case Expr.Aggregate aggregate -> aggregate(aggregate);
      case Expr.Call call -> call(call);
    };
  }

  private static Map<String, @Nullable Object> facts(
      String type, String name, @Nullable Object value) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("type", type);
    facts.put(name, value);
    return facts;
  }

  private static Map<String, @Nullable Object> binary(Expr.Binary binary) {
    Map<String, @Nullable Object> facts = facts("binaryExpr", "op", binary.operator().text());
    facts.put("lhs", of(binary.left()));
    facts.put("rhs", of(binary.right()));
    boolean vectors =
        binary.left().type() == ValueType.VECTOR && binary.right().type() == ValueType.VECTOR;
    facts.put("matching", vectors ? matching(binary) : null);
    facts.put("bool", binary.bool());
    return facts;
  }

  private static Map<String, @Nullable Object> matching(Expr.Binary binary) {
    Matching matching = binary.matching();
    String card =
        switch (matching.cardinality()) {
          case ONE_TO_ONE -> binary.operator().isSet() ? "many-to-many" : "one-to-one";
          case MANY_TO_ONE -> "many-to-one";
          case ONE_TO_MANY -> "one-to-many";
        };
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("card", card);
    facts.put("labels", matching.labels());
    facts.put("on", matching.on());
    facts.put("include", matching.include());
    Map<String, @Nullable Object> fill = new LinkedHashMap<>();
    fill.put("lhs", matching.fillLeft());
    fill.put("rhs", matching.fillRight());
    facts.put("fillValues", fill);
    return facts;
  }

  private static Map<String, @Nullable Object> aggregate(Expr.Aggregate aggregate) {
    Map<String, @Nullable Object> facts =
        facts("aggregation", "op", aggregate.aggregation().text());
    facts.put("expr", of(aggregate.operand()));
    facts.put("param", aggregate.parameter() == null ? null : of(aggregate.parameter()));
    facts.put("grouping", aggregate.grouping().labels());
    facts.put("without", aggregate.grouping().without());
    return facts;
  }

  private static Map<String, @Nullable Object> call(Expr.Call call) {
    Function function = call.function();
    Map<String, @Nullable Object> signature = new LinkedHashMap<>();
    signature.put("name", function.text());
    List<Object> types = new ArrayList<>();
    function.parameters().forEach(type -> types.add(type(type)));
    signature.put("argTypes", types);
    signature.put("variadic", (long) function.variadic());
    signature.put("returnType", type(function.result()));
    Map<String, @Nullable Object> facts = facts("call", "func", signature);
    List<Object> arguments = new ArrayList<>();
    call.arguments().forEach(argument -> arguments.add(of(argument)));
    facts.put("args", arguments);
    return facts;
  }

  private static String type(ValueType type) {
    return switch (type) {
      case SCALAR -> "scalar";
      case VECTOR -> "vector";
      case MATRIX -> "matrix";
      case STRING -> "string";
    };
  }

  private static Map<String, @Nullable Object> selector(String type, Expr.VectorSelector selector) {
    String name = "";
    List<Object> matchers = new ArrayList<>();
    for (Matcher matcher : selector.matchers()) {
      if (matcher.name().equals(Label.METRIC_NAME) && matcher.operator() == MatchOperator.EQUAL) {
        name = matcher.value();
      }
      matchers.add(
          Map.of(
              "name", matcher.name(), "value", matcher.value(), "type", matcher.operator().sign()));
    }
    Map<String, @Nullable Object> facts = facts(type, "name", name);
    facts.put("matchers", matchers);
    putShift(facts, selector.shift());
    putMode(facts, selector.mode());
    return facts;
  }

  private static void putMode(Map<String, @Nullable Object> facts, RangeMode mode) {
    facts.put("anchored", mode == RangeMode.ANCHORED);
    facts.put("smoothed", mode == RangeMode.SMOOTHED);
  }

  private static void putShift(Map<String, @Nullable Object> facts, Shift shift) {
    facts.put("offset", shift.offset() == null ? 0L : ms(shift.offset()));
    facts.put("offsetExpr", shift.offset() == null ? null : written(shift.offset()));
    facts.put("timestamp", shift.at() instanceof Shift.Moment(long ms) ? (Object) ms : null);
    facts.put(
        "startOrEnd",
        shift.at() instanceof Shift.QueryStart
            ? "start"
            : shift.at() instanceof Shift.QueryEnd ? "end" : null);
  }

  /// 0 for a span that is computed only when the query is asked.
  private static long ms(Span span) {
    return switch (span) {
      case Span.Fixed(double seconds) -> Math.round(seconds * 1000);
      case Span.Negated(Span.Fixed(double seconds)) -> -Math.round(seconds * 1000);
      default -> 0;
    };
  }

  /// The text of a span that is more than a duration.
  private static @Nullable String written(Span span) {
    boolean plain = span instanceof Span.Fixed || (span instanceof Span.Negated(Span.Fixed _));
    return plain ? null : Printer.span(span);
  }
}
