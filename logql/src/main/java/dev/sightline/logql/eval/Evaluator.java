package dev.sightline.logql.eval;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.sightline.logql.ast.BinaryOperator;
import dev.sightline.logql.ast.Expr;
import dev.sightline.logql.ast.Grouping;
import dev.sightline.logql.ast.RangeFunction;
import dev.sightline.logql.ast.VectorFunction;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Replacement;
import dev.sightline.model.label.WholeMatch;
import dev.sightline.model.log.LogSource;
import dev.sightline.model.query.QueryException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Evaluates metric queries at all steps of a grid, each series a column.
final class Evaluator {
  private final LogSource source;
  private final Budget budget;
  private final Grid grid;

  Evaluator(LogSource source, Budget budget, Grid grid) {
    this.source = source;
    this.budget = budget;
    this.grid = grid;
  }

  Grid grid() {
    return grid;
  }

  Budget budget() {
    return budget;
  }

  /// The series of a vector, or a number as one series without labels.
  List<Row> rows(Expr expr) {
    if (expr.isScalar()) {
      return List.of(new Row(Labels.EMPTY, constant(scalar(expr))));
    }
    return switch (expr) {
      case Expr.Parenthesized(Expr inner, _) -> rows(inner);
      case Expr.VectorLiteral(double value, _) -> List.of(new Row(Labels.EMPTY, constant(value)));
      case Expr.RangeAggregate aggregate -> overTime(aggregate, aggregate.grouping());
      case Expr.VectorAggregate aggregate -> aggregated(aggregate);
      case Expr.Binary binary -> binary(binary);
      case Expr.LabelReplace replace -> replaced(replace);
      case Expr.NumberLiteral _, Expr.Lines _ ->
          throw new IllegalStateException("BUG: no vector: " + expr);
    };
  }

  /// A number computed from numbers: the same at all steps.
  double scalar(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral(double value, _) -> value;
      case Expr.Parenthesized(Expr inner, _) -> scalar(inner);
      case Expr.Binary binary ->
          Arithmetic.apply(binary.operator(), scalar(binary.left()), scalar(binary.right()));
      case Expr.Lines _,
          Expr.VectorLiteral _,
          Expr.RangeAggregate _,
          Expr.VectorAggregate _,
          Expr.LabelReplace _ ->
          throw new IllegalStateException("BUG: no scalar: " + expr);
    };
  }

  private double[] constant(double value) {
    double[] column = new double[grid.count()];
    Arrays.fill(column, value);
    return column;
  }

  private List<Row> overTime(Expr.RangeAggregate aggregate, @Nullable Grouping grouping) {
    return new RangeAggregation(source, budget, grid, aggregate, grouping).rows();
  }

  private List<Row> aggregated(Expr.VectorAggregate aggregate) {
    Grouping grouping = aggregate.grouping() == null ? Grouping.ALL : aggregate.grouping();
    if (aggregate.function() == VectorFunction.SUM
        && aggregate.operand().bare() instanceof Expr.RangeAggregate inner
        && isAdditive(inner)) {
      // A sum of counts is a count: the series in between are never made.
      return overTime(inner, grouping);
    }
    return new VectorAggregation(aggregate, grouping, budget, grid.count())
        .of(rows(aggregate.operand()));
  }

  private static boolean isAdditive(Expr.RangeAggregate inner) {
    return inner.function().counts() || inner.function() == RangeFunction.SUM_OVER_TIME;
  }

  private List<Row> binary(Expr.Binary binary) {
    boolean scalarLeft = binary.left().isScalar();
    if (scalarLeft || binary.right().isScalar()) {
      return withScalar(binary, scalarLeft);
    }
    List<Row> left = rows(binary.left());
    List<Row> right = rows(binary.right());
    return binary.operator().isSet()
        ? new SetOperation(binary, grid.count()).of(left, right)
        : new VectorMatching(binary, budget, grid.count()).of(left, right);
  }

  private List<Row> withScalar(Expr.Binary binary, boolean scalarLeft) {
    double scalar = scalar(scalarLeft ? binary.left() : binary.right());
    List<Row> rows = rows(scalarLeft ? binary.right() : binary.left());
    BinaryOperator operator = binary.operator();
    boolean filters = operator.isComparison() && !binary.bool();
    for (Row row : rows) {
      double[] column = row.column();
      budget.work(column.length);
      for (int i = 0; i < column.length; i++) {
        double value = column[i];
        if (Absent.is(value)) {
          continue;
        }
        double left = scalarLeft ? scalar : value;
        double right = scalarLeft ? value : scalar;
        if (!filters) {
          column[i] = Arithmetic.apply(operator, left, right);
        } else if (!Arithmetic.holds(operator, left, right)) {
          column[i] = Absent.VALUE;
        }
      }
    }
    return rows;
  }

  private List<Row> replaced(Expr.LabelReplace replace) {
    Pattern pattern = WholeMatch.of(replace.regex()).pattern();
    List<Row> rows = new ArrayList<>();
    Set<Labels> seen = new HashSet<>();
    for (Row row : rows(replace.operand())) {
      Matcher matcher = pattern.matcher(row.labels().get(replace.source()));
      Labels labels = row.labels();
      if (matcher.matches()) {
        labels =
            labels.with(
                replace.target(), Replacement.expand(replace.replacement(), matcher, pattern));
      }
      if (!seen.add(labels)) {
        throw new QueryException.Failed("vector cannot contain metrics with the same labelset");
      }
      rows.add(new Row(labels, row.column()));
    }
    return rows;
  }
}
