package dev.sightline.promql.eval;

import dev.sightline.promql.ast.BinaryOperator;
import dev.sightline.promql.ast.Expr;

/// A binary operator between a vector and a scalar.
final class ScalarOperation {
  private final Evaluator evaluator;
  private final Expr.Binary binary;
  private final boolean scalarLeft;

  ScalarOperation(Evaluator evaluator, Expr.Binary binary, boolean scalarLeft) {
    this.evaluator = evaluator;
    this.binary = binary;
    this.scalarLeft = scalarLeft;
  }

  void evaluate(ColumnSink sink) {
    BinaryOperator operator = binary.operator();
    if (!operator.isArithmetic() && !operator.isComparison()) {
      evaluator.run().notes().notForFloats(operator.text(), binary.position());
      return;
    }
    double[] scalar = evaluator.scalar(scalarLeft ? binary.left() : binary.right());
    boolean filters = operator.isComparison() && !binary.bool();
    evaluator.vector(
        scalarLeft ? binary.right() : binary.left(),
        (labels, dropName, column) -> {
          evaluator.run().budget().work(column.length);
          if (filters) {
            filter(column, scalar);
          } else {
            compute(column, scalar);
          }
          sink.accept(labels, dropName || !filters, column);
        });
  }

  private void compute(double[] column, double[] scalar) {
    for (int i = 0; i < column.length; i++) {
      double value = column[i];
      if (!Absent.is(value)) {
        column[i] =
            scalarLeft
                ? Arithmetic.apply(binary.operator(), scalar[i], value)
                : Arithmetic.apply(binary.operator(), value, scalar[i]);
      }
    }
  }

  private void filter(double[] column, double[] scalar) {
    for (int i = 0; i < column.length; i++) {
      // An absent value is a NaN: it either fails the comparison or passes and stays absent.
      boolean holds =
          scalarLeft
              ? Arithmetic.holds(binary.operator(), scalar[i], column[i])
              : Arithmetic.holds(binary.operator(), column[i], scalar[i]);
      if (!holds) {
        column[i] = Absent.VALUE;
      }
    }
  }
}
