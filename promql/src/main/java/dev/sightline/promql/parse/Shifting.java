package dev.sightline.promql.parse;

import dev.sightline.model.query.Position;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.RangeMode;
import dev.sightline.promql.ast.Shift;
import dev.sightline.promql.ast.Span;

/// Puts `offset`, `@` and the treatment of window edges where they belong: into the selector or
/// subquery before them.
final class Shifting {
  private Shifting() {}

  static Expr withOffset(TokenStream tokens, Expr expr, Span offset) {
    Shift shift = shiftOf(tokens, expr, "offset");
    if (shift.offset() != null) {
      throw tokens.failure(expr.position(), "offset may not be set multiple times");
    }
    return with(tokens, expr, new Shift(offset, shift.at()));
  }

  static Expr withAt(TokenStream tokens, Expr expr, Shift.At at) {
    Shift shift = shiftOf(tokens, expr, "@");
    if (shift.at() != null) {
      throw tokens.failure(expr.position(), "@ <timestamp> may not be set multiple times");
    }
    return with(tokens, expr, new Shift(shift.offset(), at));
  }

  static Expr withMode(TokenStream tokens, Expr expr, RangeMode mode) {
    tokens.advance();
    return switch (expr) {
      case Expr.VectorSelector s when s.mode() == RangeMode.PLAIN && mode == RangeMode.SMOOTHED ->
          new Expr.VectorSelector(
              s.matchers(), s.shift(), mode, tokens.since(s.position().start()));
      case Expr.MatrixSelector m when m.mode() == RangeMode.PLAIN ->
          new Expr.MatrixSelector(
              m.selector(), m.range(), mode, tokens.since(m.position().start()));
      default ->
          throw tokens.failure(
              expr.position(),
              mode.text()
                  + " modifier must be preceded by a "
                  + (mode == RangeMode.SMOOTHED ? "vector or range" : "range")
                  + " selector without one");
    };
  }

  private static Shift shiftOf(TokenStream tokens, Expr expr, String modifier) {
    return switch (expr) {
      case Expr.VectorSelector selector -> selector.shift();
      case Expr.MatrixSelector matrix -> matrix.selector().shift();
      case Expr.Subquery subquery -> subquery.shift();
      default ->
          throw tokens.failure(
              expr.position(),
              modifier
                  + " modifier must be preceded by an instant vector selector or range vector"
                  + " selector or a subquery");
    };
  }

  private static Expr with(TokenStream tokens, Expr expr, Shift shift) {
    Position position = tokens.since(expr.position().start());
    return switch (expr) {
      case Expr.VectorSelector s ->
          new Expr.VectorSelector(s.matchers(), shift, s.mode(), position);
      case Expr.MatrixSelector(Expr.VectorSelector s, Span range, RangeMode mode, _) ->
          new Expr.MatrixSelector(
              new Expr.VectorSelector(s.matchers(), shift, s.mode(), s.position()),
              range,
              mode,
              position);
      case Expr.Subquery s -> new Expr.Subquery(s.inner(), s.range(), s.step(), shift, position);
      default -> throw new IllegalStateException("BUG: cannot be shifted: " + expr);
    };
  }
}
