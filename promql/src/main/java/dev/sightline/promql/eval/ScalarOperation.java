package dev.sightline.promql.eval;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.promql.ast.BinaryOperator;
import dev.sightline.promql.ast.Expr;
import org.jspecify.annotations.Nullable;

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
    double[] scalar = evaluator.scalar(scalarLeft ? binary.left() : binary.right());
    boolean filters = operator.isComparison() && !binary.bool();
    boolean keepsName = filters || operator.isTrim();
    evaluator.vector(
        scalarLeft ? binary.right() : binary.left(),
        (MixedSink)
            (labels, dropName, column, histograms) -> {
              evaluator.run().budget().work(column.length);
              if (operator.isTrim()) {
                refuse(column);
              } else if (filters) {
                filter(column, scalar);
              } else {
                compute(column, scalar);
              }
              if (histograms != null) {
                compute(column, histograms, scalar);
              }
              sink.pass(labels, dropName || !keepsName, column, histograms);
            });
  }

  /// Floats have no buckets to trim.
  private void refuse(double[] column) {
    HistogramOperation operation = new HistogramOperation(binary, evaluator.run().notes());
    for (int i = 0; i < column.length; i++) {
      if (!Absent.is(column[i])) {
        operation.apply(column[i], null, column[i], null);
        column[i] = Absent.VALUE;
      }
    }
  }

  private void compute(double[] column, @Nullable NativeHistogram[] histograms, double[] scalar) {
    HistogramOperation operation = new HistogramOperation(binary, evaluator.run().notes());
    for (int i = 0; i < column.length; i++) {
      NativeHistogram histogram = histograms[i];
      if (histogram == null) {
        continue;
      }
      if (scalarLeft) {
        operation.apply(scalar[i], null, 0, histogram);
      } else {
        operation.apply(0, histogram, scalar[i], null);
      }
      column[i] = operation.value();
      histograms[i] = operation.histogram();
    }
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
