package dev.sightline.promql.eval;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Labels;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Evaluates expressions at all steps of a grid.
final class Evaluator {
  /*
   * A scalar is one column: a value for each step. A vector is pushed series by series into a sink, each with its
   * column, which is lent: what passes through (functions, operators with scalars) changes it in place, what sums up
   * (aggregations) adds it to an accumulator, and only what must see all series at once (matching, `topk`) keeps
   * copies. So a sum over a million series needs the memory of one of them.
   */
  private final QueryRun run;
  private final Grid grid;

  Evaluator(QueryRun run, Grid grid) {
    this.run = run;
    this.grid = grid;
  }

  QueryRun run() {
    return run;
  }

  Grid grid() {
    return grid;
  }

  /// The series of a vector, or a scalar as one series without labels.
  void values(Expr expr, ColumnSink sink) {
    if (expr.type() == ValueType.SCALAR) {
      sink.accept(Labels.EMPTY, false, scalar(expr));
    } else {
      vector(expr, sink);
    }
  }

  void vector(Expr expr, ColumnSink sink) {
    if (grid.count() > 1 && Invariance.holds(expr)) {
      new Evaluator(run, Grid.at(grid.startMs())).vector(expr, repeated(sink));
      return;
    }
    switch (expr) {
      case Expr.Parenthesized(Expr inner, _) -> vector(inner, sink);
      case Expr.VectorSelector selector ->
          new Selectors(run, grid).instant(selector, Selectors.Part.VALUE, sink);
      case Expr.Unary unary -> negated(unary, sink);
      case Expr.Binary binary -> binary(binary, sink);
      case Expr.Aggregate aggregate -> new Aggregator(this, aggregate).evaluate(sink);
      case Expr.Call call -> new Calls(this).vector(call, sink);
      case Expr.NumberLiteral _, Expr.StringLiteral _, Expr.MatrixSelector _, Expr.Subquery _ ->
          throw new IllegalStateException("BUG: no vector: " + expr);
    }
  }

  /// All samples that the windows of a range vector can see.
  void range(Expr expr, SamplesSink sink) {
    switch (expr.bare()) {
      case Expr.MatrixSelector matrix -> new Selectors(run, grid).range(matrix, sink);
      case Expr.Subquery subquery -> new Subqueries(run, grid).range(subquery, sink);
      default -> throw new IllegalStateException("BUG: no range vector: " + expr);
    }
  }

  /// One value for each step, none of them absent.
  double[] scalar(Expr expr) {
    run.budget().work(grid.count());
    return switch (expr) {
      case Expr.NumberLiteral(double value, _) -> constant(value);
      case Expr.Parenthesized(Expr inner, _) -> scalar(inner);
      case Expr.Unary unary -> {
        double[] column = scalar(unary.operand());
        for (int i = 0; unary.negative() && i < column.length; i++) {
          column[i] = -column[i];
        }
        yield column;
      }
      case Expr.Binary binary -> {
        double[] left = scalar(binary.left());
        double[] right = scalar(binary.right());
        for (int i = 0; i < left.length; i++) {
          left[i] = Arithmetic.apply(binary.operator(), left[i], right[i]);
        }
        yield left;
      }
      case Expr.Call call -> new Calls(this).scalar(call);
      case Expr.StringLiteral _,
          Expr.VectorSelector _,
          Expr.MatrixSelector _,
          Expr.Subquery _,
          Expr.Aggregate _ ->
          throw new IllegalStateException("BUG: no scalar: " + expr);
    };
  }

  String text(Expr expr) {
    if (expr.bare() instanceof Expr.StringLiteral(String value, _)) {
      return value;
    }
    throw new IllegalStateException("BUG: no string: " + expr);
  }

  double[] constant(double value) {
    double[] column = new double[grid.count()];
    Arrays.fill(column, value);
    return column;
  }

  /// The series of a vector, kept.
  List<Row> rows(Expr expr) {
    List<Row> rows = new ArrayList<>();
    vector(
        expr,
        (MixedSink)
            (labels, dropName, column, histograms) -> {
              run.budget().charge(column.length + HistogramColumns.size(histograms));
              rows.add(
                  new Row(labels, dropName, column.clone(), HistogramColumns.copy(histograms)));
            });
    return rows;
  }

  /// Hands on the value of one step for all.
  private ColumnSink repeated(ColumnSink sink) {
    double[] column = new double[grid.count()];
    return (MixedSink)
        (labels, dropName, single, histograms) -> {
          Arrays.fill(column, single[0]);
          @Nullable NativeHistogram @Nullable [] all = null;
          if (histograms != null) {
            all = new NativeHistogram[column.length];
            Arrays.fill(all, histograms[0]);
          }
          sink.pass(labels, dropName, column, all);
        };
  }

  private void negated(Expr.Unary unary, ColumnSink sink) {
    if (!unary.negative()) {
      vector(unary.operand(), sink);
      return;
    }
    vector(
        unary.operand(),
        (MixedSink)
            (labels, _, column, histograms) -> {
              for (int i = 0; i < column.length; i++) {
                column[i] = Absent.is(column[i]) ? Absent.VALUE : -column[i];
              }
              if (histograms != null) {
                HistogramColumns.map(histograms, histogram -> histogram.times(-1));
              }
              sink.pass(labels, true, column, histograms);
            });
  }

  private void binary(Expr.Binary binary, ColumnSink sink) {
    boolean scalarLeft = binary.left().type() == ValueType.SCALAR;
    boolean scalarRight = binary.right().type() == ValueType.SCALAR;
    if (scalarLeft || scalarRight) {
      new ScalarOperation(this, binary, scalarLeft).evaluate(sink);
    } else if (binary.operator().isSet()) {
      new SetOperation(this, binary).evaluate(sink);
    } else {
      new VectorMatching(this, binary).evaluate(sink);
    }
  }
}
