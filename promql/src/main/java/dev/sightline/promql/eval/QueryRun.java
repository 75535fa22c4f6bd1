package dev.sightline.promql.eval;

import dev.sightline.model.series.SeriesSource;
import dev.sightline.promql.ast.BinaryOperator;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.Shift;
import dev.sightline.promql.ast.Span;
import java.util.Set;

/// One query under way: where it reads, what it may cost, and its own range.
///
/// @param outer the moments that the user asked for; subqueries have grids of their own
/// @param isRange whether the user asked for a range, even of one moment
/// @param hinted selectors whose histograms are to say whether they have been reset
record QueryRun(
    SeriesSource source,
    ReadAhead readAhead,
    Budget budget,
    Notes notes,
    Grid outer,
    boolean isRange,
    long lookbackMs,
    long subqueryStepMs,
    Set<Expr.VectorSelector> hinted) {

  /// `step()` in milliseconds.
  long stepMs() {
    return isRange ? outer.stepMs() : 0;
  }

  double seconds(Span span) {
    return switch (span) {
      case Span.Fixed(double seconds) -> seconds;
      case Span.QueryStep _ -> stepMs() / 1000.0;
      case Span.QueryRange _ -> (outer.endMs() - outer.startMs()) / 1000.0;
      case Span.Negated(Span inner) -> -seconds(inner);
      case Span.Arithmetic(BinaryOperator operator, Span left, Span right) ->
          Arithmetic.apply(operator, seconds(left), seconds(right));
      case Span.Smaller(Span left, Span right) -> Math.min(seconds(left), seconds(right));
      case Span.Larger(Span left, Span right) -> Math.max(seconds(left), seconds(right));
    };
  }

  /// The moment after `@`.
  long atMs(Shift.At at) {
    return switch (at) {
      case Shift.Moment(long timestampMs) -> timestampMs;
      case Shift.QueryStart _ -> outer.startMs();
      case Shift.QueryEnd _ -> outer.endMs();
    };
  }
}
