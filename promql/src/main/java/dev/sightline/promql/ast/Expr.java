package dev.sightline.promql.ast;

import dev.sightline.model.label.Matcher;
import dev.sightline.model.query.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A PromQL expression. Wherever nodes are listed, they stand in the order of this file.
public sealed interface Expr {
  Position position();

  /// A number or a duration in seconds.
  record NumberLiteral(double value, Position position) implements Expr {}

  record StringLiteral(String value, Position position) implements Expr {}

  record Parenthesized(Expr inner, Position position) implements Expr {}

  /// `metric{matchers} offset 5m @ 1700000000`
  ///
  /// @param matchers with the one on `__name__`, where a name is given
  record VectorSelector(List<Matcher> matchers, Shift shift, RangeMode mode, Position position)
      implements Expr {
    public VectorSelector {
      matchers = List.copyOf(matchers);
    }
  }

  /// `selector[5m]`; the shift stands in the selector.
  record MatrixSelector(VectorSelector selector, Span range, RangeMode mode, Position position)
      implements Expr {}

  /// `inner[30m:1m]`
  ///
  /// @param step null for the engine's default
  record Subquery(Expr inner, Span range, @Nullable Span step, Shift shift, Position position)
      implements Expr {}

  /// `-operand` or `+operand`
  record Unary(boolean negative, Expr operand, Position position) implements Expr {}

  /// @param bool whether a comparison yields 0 and 1 instead of filtering
  record Binary(
      BinaryOperator operator,
      Expr left,
      Expr right,
      boolean bool,
      Matching matching,
      Position position)
      implements Expr {}

  /// @param parameter of `topk`, `quantile` and the like
  record Aggregate(
      Aggregation aggregation,
      Expr operand,
      @Nullable Expr parameter,
      Grouping grouping,
      Position position)
      implements Expr {}

  record Call(Function function, List<Expr> arguments, Position position) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /// The type of this expression's values; children are taken to be well typed.
  default ValueType type() {
    return switch (this) {
      case NumberLiteral _ -> ValueType.SCALAR;
      case StringLiteral _ -> ValueType.STRING;
      case Parenthesized(Expr inner, _) -> inner.type();
      case VectorSelector _ -> ValueType.VECTOR;
      case MatrixSelector _, Subquery _ -> ValueType.MATRIX;
      case Unary unary -> unary.operand().type();
      case Binary binary ->
          binary.left().type() == ValueType.SCALAR && binary.right().type() == ValueType.SCALAR
              ? ValueType.SCALAR
              : ValueType.VECTOR;
      case Aggregate _ -> ValueType.VECTOR;
      case Call call -> call.function().result();
    };
  }

  /// This expression without the parentheses around it.
  default Expr bare() {
    Expr expr = this;
    while (expr instanceof Parenthesized(Expr inner, _)) {
      expr = inner;
    }
    return expr;
  }
}
