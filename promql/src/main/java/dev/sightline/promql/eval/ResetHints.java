package dev.sightline.promql.eval;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.histogram.ResetHint;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.series.Staleness;
import dev.sightline.promql.ast.Expr;
import java.util.HashSet;
import java.util.Set;

/// Lets histograms say whether they have been reset, where a query looks at nothing but their
/// counts and sums: below `histogram_count` and its relatives.
final class ResetHints {
  private ResetHints() {}

  /// The selectors of which that is true.
  static Set<Expr.VectorSelector> selectors(Expr expr) {
    Set<Expr.VectorSelector> selectors = new HashSet<>();
    collect(expr, false, selectors);
    return selectors;
  }

  /// @param hinted whether a function further up looks at counts and sums alone
  private static void collect(Expr expr, boolean hinted, Set<Expr.VectorSelector> into) {
    switch (expr) {
      // The steps of a subquery are no neighbours.
      case Expr.NumberLiteral _, Expr.StringLiteral _, Expr.Subquery _ -> {}
      case Expr.Parenthesized(Expr inner, _) -> collect(inner, hinted, into);
      case Expr.VectorSelector selector -> {
        if (hinted) {
          into.add(selector);
        }
      }
      case Expr.MatrixSelector matrix -> collect(matrix.selector(), hinted, into);
      case Expr.Unary unary -> collect(unary.operand(), hinted, into);
      case Expr.Binary binary -> {
        boolean below = hinted && !binary.operator().isTrim();
        collect(binary.left(), below, into);
        collect(binary.right(), below, into);
      }
      case Expr.Aggregate aggregate -> collect(aggregate.operand(), hinted, into);
      case Expr.Call call -> {
        boolean below =
            switch (call.function()) {
              case HISTOGRAM_COUNT, HISTOGRAM_SUM, HISTOGRAM_AVG -> true;
              case HISTOGRAM_QUANTILE, HISTOGRAM_QUANTILES, HISTOGRAM_FRACTION -> false;
              default -> hinted;
            };
        call.arguments().forEach(argument -> collect(argument, below, into));
      }
    }
  }

  /// How many numbers samples take.
  static long size(SampleColumns samples) {
    long size = samples.size();
    for (int i = 0; samples.hasHistograms() && i < samples.size(); i++) {
      NativeHistogram histogram = samples.histogram(i);
      size += histogram == null ? 0 : histogram.size();
    }
    return size;
  }

  /// The same samples, each histogram compared with the one before.
  static SampleColumns found(SampleColumns samples) {
    SampleColumns found = new SampleColumns(samples.size());
    NativeHistogram before = null;
    for (int i = 0; i < samples.size(); i++) {
      NativeHistogram histogram = samples.histogram(i);
      if (histogram == null || Staleness.isMarker(histogram.sum())) {
        found.addFrom(samples, i);
        continue;
      }
      ResetHint hint = histogram.hint();
      if (hint == ResetHint.UNKNOWN && before != null) {
        hint = histogram.resetSince(before) ? ResetHint.RESET : ResetHint.NOT_RESET;
      }
      found.add(samples.timestampMs(i), histogram.withHint(hint));
      found.startedAt(samples.startMs(i));
      before = histogram;
    }
    return found;
  }
}
