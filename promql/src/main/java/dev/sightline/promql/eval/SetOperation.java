package dev.sightline.promql.eval;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Labels;
import dev.sightline.promql.ast.BinaryOperator;
import dev.sightline.promql.ast.Expr;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `and`, `or` and `unless`: which series have a partner at each step.
final class SetOperation {
  private final Evaluator evaluator;
  private final Expr.Binary binary;
  private final Signature signature;
  private final Map<Labels, BitSet> stepsBySignature = new HashMap<>();

  SetOperation(Evaluator evaluator, Expr.Binary binary) {
    this.evaluator = evaluator;
    this.binary = binary;
    this.signature = Signature.of(binary.matching());
  }

  void evaluate(ColumnSink sink) {
    if (binary.operator() == BinaryOperator.OR) {
      evaluator.vector(
          binary.left(),
          (MixedSink)
              (labels, dropName, column, histograms) -> {
                remember(labels, column, histograms);
                sink.pass(labels, dropName, column, histograms);
              });
      evaluator.vector(binary.right(), filter(false, sink));
    } else {
      evaluator.vector(
          binary.right(),
          (MixedSink) (labels, _, column, histograms) -> remember(labels, column, histograms));
      evaluator.vector(binary.left(), filter(binary.operator() == BinaryOperator.AND, sink));
    }
  }

  private void remember(
      Labels labels, double[] column, @Nullable NativeHistogram @Nullable [] histograms) {
    stepsBySignature
        .computeIfAbsent(signature.of(labels), _ -> new BitSet())
        .or(HistogramColumns.presence(column, histograms));
  }

  /// Passes on what stands at steps that have, or do not have, a partner.
  private ColumnSink filter(boolean partnered, ColumnSink sink) {
    return (MixedSink)
        (Labels labels,
            boolean dropName,
            double[] column,
            @Nullable NativeHistogram @Nullable [] histograms) -> {
          BitSet steps = stepsBySignature.get(signature.of(labels));
          if (steps == null && partnered) {
            return;
          }
          for (int i = 0; steps != null && i < column.length; i++) {
            if (steps.get(i) != partnered) {
              column[i] = Absent.VALUE;
              if (histograms != null) {
                histograms[i] = null;
              }
            }
          }
          sink.pass(labels, dropName, column, histograms);
        };
  }
}
