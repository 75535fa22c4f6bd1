package dev.sightline.promql.eval;

import dev.sightline.model.histogram.HistogramSum;
import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.histogram.ResetHint;
import dev.sightline.promql.ast.BinaryOperator;
import dev.sightline.promql.ast.Expr;
import org.jspecify.annotations.Nullable;

/// What a binary operator makes of two values of which at least one is a histogram.
///
/// Holds the result of the last call that had one.
final class HistogramOperation {
  private static final String FLOAT = "float";
  private static final String HISTOGRAM = "histogram";

  private final Expr.Binary binary;
  private final BinaryOperator operator;
  private final Notes notes;
  private double value;
  private @Nullable NativeHistogram histogram;

  HistogramOperation(Expr.Binary binary, Notes notes) {
    this.binary = binary;
    this.operator = binary.operator();
    this.notes = notes;
  }

  /// The result where it is a float, otherwise absent.
  double value() {
    return value;
  }

  /// The result where it is a histogram, otherwise null.
  @Nullable NativeHistogram histogram() {
    return histogram;
  }

  /// Applies the operator; a float is given as a number beside null. Without a result there is
  /// neither value nor histogram.
  void apply(
      double left,
      @Nullable NativeHistogram leftHistogram,
      double right,
      @Nullable NativeHistogram rightHistogram) {
    value = Absent.VALUE;
    histogram = null;
    if (leftHistogram != null && rightHistogram != null) {
      both(leftHistogram, rightHistogram);
    } else if (leftHistogram != null) {
      withFloat(leftHistogram, right);
    } else if (rightHistogram != null && operator == BinaryOperator.MULTIPLY) {
      histogram = rightHistogram.times(left).compacted();
    } else {
      notes.incompatibleTypes(
          FLOAT, operator.text(), rightHistogram == null ? FLOAT : HISTOGRAM, binary.position());
    }
  }

  private void withFloat(NativeHistogram left, double right) {
    switch (operator) {
      case MULTIPLY -> histogram = left.times(right).compacted();
      case DIVIDE -> histogram = left.dividedBy(right).compacted();
      case TRIM_UPPER -> histogram = new Trim(left, right, true).result();
      case TRIM_LOWER -> histogram = new Trim(left, right, false).result();
      default -> notes.incompatibleTypes(HISTOGRAM, operator.text(), FLOAT, binary.position());
    }
  }

  private void both(NativeHistogram left, NativeHistogram right) {
    switch (operator) {
      case ADD, SUBTRACT -> combine(left, right);
      case EQUAL -> keep(left, left.sameAs(right));
      case NOT_EQUAL -> keep(left, !left.sameAs(right));
      default -> notes.incompatibleTypes(HISTOGRAM, operator.text(), HISTOGRAM, binary.position());
    }
  }

  private void keep(NativeHistogram left, boolean holds) {
    if (binary.bool()) {
      value = holds ? 1 : 0;
    } else if (holds) {
      histogram = left;
    }
  }

  private void combine(NativeHistogram left, NativeHistogram right) {
    HistogramSum sum = new HistogramSum(left);
    if (!sum.accepts(right)) {
      notes.incompatibleLayout(operator.text(), binary.position());
      return;
    }
    boolean add = operator == BinaryOperator.ADD;
    if (add) {
      sum.add(right);
    } else {
      sum.subtract(right);
    }
    String operation = add ? "addition" : "subtraction";
    if (sum.hintsConflict()) {
      notes.resetsConflict(operation, binary.position());
      return;
    }
    if (sum.boundsReconciled()) {
      notes.boundsReconciled(operation, binary.position());
    }
    NativeHistogram result = sum.result().compacted();
    histogram = add ? result : result.withHint(ResetHint.GAUGE);
  }
}
