package dev.sightline.logql.eval;

import dev.sightline.logql.ast.BinaryOperator;
import dev.sightline.logql.ast.Expr;
import dev.sightline.logql.ast.Matching;
import dev.sightline.logql.ast.Matching.Cardinality;
import dev.sightline.model.label.Labels;
import dev.sightline.model.query.QueryException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// An arithmetic operator or comparison between the partners of two vectors.
final class VectorMatching {
  /*
   * One side may have only one element of a signature at each step; its rows are joined to one column for each
   * signature. The rows of the other side, called the many side, look for theirs. In one-to-one matching the left
   * is the many side, and at each step only one of its rows may find a partner.
   */
  private final Expr.Binary binary;
  private final Matching matching;
  private final Signature signature;
  private final Budget budget;
  private final int steps;
  private final boolean manyIsLeft;

  VectorMatching(Expr.Binary binary, Budget budget, int steps) {
    this.binary = binary;
    this.matching = binary.matching();
    this.signature = Signature.of(matching);
    this.budget = budget;
    this.steps = steps;
    this.manyIsLeft = matching.cardinality() != Cardinality.ONE_TO_MANY;
  }

  List<Row> of(List<Row> left, List<Row> right) {
    Map<Labels, List<Row>> ones = new HashMap<>();
    for (Row one : manyIsLeft ? right : left) {
      ones.computeIfAbsent(signature.of(one.labels()), _ -> new ArrayList<>()).add(one);
    }
    Map<Labels, double[]> results = new java.util.LinkedHashMap<>();
    for (Row many : manyIsLeft ? left : right) {
      Labels key = signature.of(many.labels());
      List<Row> partners = ones.getOrDefault(key, List.of());
      for (Row one : partners) {
        budget.work(steps);
        checkUnique(key, partners, many);
        combine(many, one, results);
      }
    }
    List<Row> rows = new ArrayList<>();
    results.forEach((labels, column) -> rows.add(new Row(labels, column)));
    return rows;
  }

  private void checkUnique(Labels key, List<Row> partners, Row many) {
    for (int step = 0; partners.size() > 1 && step < steps; step++) {
      int at = step;
      List<Row> present =
          partners.stream().filter(row -> !Absent.is(row.column()[at])).limit(2).toList();
      if (present.size() > 1 && !Absent.is(many.column()[step])) {
        throw new QueryException.Failed(
            "found duplicate series for the match group "
                + key
                + " on the "
                + (manyIsLeft ? "right" : "left")
                + " hand-side of the operation: ["
                + String.join(
                    ", ", present.stream().map(row -> row.labels().toString()).sorted().toList())
                + "];many-to-many matching not allowed: matching labels must be unique on one"
                + " side");
      }
    }
  }

  private void combine(Row many, Row one, Map<Labels, double[]> results) {
    double[] left = manyIsLeft ? many.column() : one.column();
    double[] right = manyIsLeft ? one.column() : many.column();
    Labels labels = resultLabels(many.labels(), one.labels());
    double[] result = results.get(labels);
    if (result == null) {
      budget.hold(8L * steps);
      result = Absent.column(steps);
      results.put(labels, result);
    }
    for (int i = 0; i < steps; i++) {
      if (Absent.is(left[i]) || Absent.is(right[i])) {
        continue;
      }
      if (!Absent.is(result[i])) {
        throw new QueryException.Failed(
            matching.cardinality() == Cardinality.ONE_TO_ONE
                ? "multiple matches for labels: many-to-one matching must be explicit"
                    + " (group_left/group_right)"
                : "multiple matches for labels: grouping labels must ensure unique matches");
      }
      result[i] = apply(left[i], right[i]);
    }
  }

  private double apply(double left, double right) {
    BinaryOperator operator = binary.operator();
    if (operator.isComparison() && !binary.bool()) {
      return Arithmetic.holds(operator, left, right) ? left : Absent.VALUE;
    }
    return Arithmetic.apply(operator, left, right);
  }

  private Labels resultLabels(Labels many, Labels one) {
    if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
      return signature.of(many);
    }
    Labels.Builder builder = many.toBuilder();
    Stream.of(matching.include()).flatMap(List::stream).forEach(n -> builder.set(n, one.get(n)));
    return builder.build();
  }
}
