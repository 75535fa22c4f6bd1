package dev.sightline.promql.eval;

import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.Function;
import java.util.EnumSet;
import java.util.Set;

/// Tells expressions whose value is the same at every step: all selectors are pinned by `@`.
final class Invariance {
  private static final Set<Function> LOOK_AT_THE_TIME =
      EnumSet.of(
          Function.DAYS_IN_MONTH,
          Function.DAY_OF_MONTH,
          Function.DAY_OF_WEEK,
          Function.DAY_OF_YEAR,
          Function.HOUR,
          Function.MINUTE,
          Function.MONTH,
          Function.YEAR,
          Function.PREDICT_LINEAR,
          Function.TIME,
          Function.TIMESTAMP);

  private Invariance() {}

  static boolean holds(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> true;
      case Expr.Parenthesized(Expr inner, _) -> holds(inner);
      case Expr.VectorSelector selector -> selector.shift().at() != null;
      case Expr.MatrixSelector matrix -> matrix.selector().shift().at() != null;
      case Expr.Subquery subquery -> subquery.shift().at() != null;
      case Expr.Unary unary -> holds(unary.operand());
      case Expr.Binary binary -> holds(binary.left()) && holds(binary.right());
      case Expr.Aggregate a ->
          holds(a.operand()) && (a.parameter() == null || holds(a.parameter()));
      case Expr.Call call ->
          !LOOK_AT_THE_TIME.contains(call.function())
              && call.arguments().stream().allMatch(Invariance::holds);
    };
  }
}
