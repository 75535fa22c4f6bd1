package dev.sightline.promql.parse;

import dev.sightline.model.label.Matcher;
import dev.sightline.model.query.QueryTexts;
import dev.sightline.promql.ast.Aggregation;
import dev.sightline.promql.ast.BinaryOperator;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.Function;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What can be said of the text of a query in PromQL.
public final class PromqlTexts implements QueryTexts {
  @Override
  public String formatted(String query) {
    return Layout.of(PromqlParser.parse(query));
  }

  @Override
  public Map<String, @Nullable Object> tree(String query) {
    return TreeFacts.of(PromqlParser.parse(query));
  }

  @Override
  public List<List<Matcher>> selectors(String query) {
    List<List<Matcher>> selectors = new ArrayList<>();
    collect(PromqlParser.parse(query), selectors);
    return selectors;
  }

  private static void collect(Expr expr, List<List<Matcher>> into) {
    switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> {}
      case Expr.Parenthesized(Expr inner, _) -> collect(inner, into);
      case Expr.VectorSelector selector -> into.add(selector.matchers());
      case Expr.MatrixSelector matrix -> into.add(matrix.selector().matchers());
      case Expr.Subquery subquery -> collect(subquery.inner(), into);
      case Expr.Unary unary -> collect(unary.operand(), into);
      case Expr.Binary binary -> {
        collect(binary.left(), into);
        collect(binary.right(), into);
      }
      case Expr.Aggregate aggregate -> {
        if (aggregate.parameter() != null) {
          collect(aggregate.parameter(), into);
        }
        collect(aggregate.operand(), into);
      }
      case Expr.Call call -> call.arguments().forEach(argument -> collect(argument, into));
    }
  }

  @Override
  public Map<String, List<String>> features() {
    return Map.of(
        "promql",
        List.of(
            "anchored",
            "at_modifier",
            "bool",
            "by",
            "delayed_name_removal",
            "duration_expr",
            "fill",
            "group_left",
            "group_right",
            "ignoring",
            "native_histograms",
            "negative_offset",
            "offset",
            "on",
            "smoothed",
            "start_timestamps",
            "subqueries",
            "utf8_names",
            "without"),
        "promql_functions",
        Arrays.stream(Function.values()).map(Function::text).toList(),
        "promql_operators",
        Arrays.stream(BinaryOperator.values()).map(BinaryOperator::text).toList(),
        "promql_aggregations",
        Arrays.stream(Aggregation.values()).map(Aggregation::text).toList());
  }
}
