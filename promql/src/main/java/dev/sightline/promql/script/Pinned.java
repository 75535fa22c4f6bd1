package dev.sightline.promql.script;

import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.Function;
import dev.sightline.promql.ast.Shift;
import dev.sightline.promql.parse.Printer;
import dev.sightline.promql.parse.PromqlParser;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Pins a query to one moment: every selector that is not yet pinned gets an `@`.
final class Pinned {
  private static final Set<Function> LOOK_AT_THE_TIME =
      EnumSet.of(
          Function.DAYS_IN_MONTH,
          Function.DAY_OF_MONTH,
          Function.DAY_OF_WEEK,
          Function.DAY_OF_YEAR,
          Function.END,
          Function.HOUR,
          Function.MINUTE,
          Function.MONTH,
          Function.PREDICT_LINEAR,
          Function.RANGE,
          Function.START,
          Function.STEP,
          Function.TIME,
          Function.TIMESTAMP,
          Function.YEAR);

  private final Shift.At at;
  private boolean looksAtTheTime;

  private Pinned(long atMs) {
    this.at = new Shift.Moment(atMs);
  }

  /// @return the same question about `atMs` whenever it is asked, or null if there is none
  static @Nullable String query(String query, long atMs) {
    Pinned pinned = new Pinned(atMs);
    Expr expr = pinned.pin(PromqlParser.parse(query));
    return pinned.looksAtTheTime ? null : Printer.print(expr);
  }

  private Shift pin(Shift shift) {
    return shift.at() == null ? new Shift(shift.offset(), at) : shift;
  }

  private Expr pin(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> expr;
      case Expr.Parenthesized p -> new Expr.Parenthesized(pin(p.inner()), p.position());
      case Expr.VectorSelector s -> pin(s);
      case Expr.MatrixSelector m ->
          new Expr.MatrixSelector(pin(m.selector()), m.range(), m.mode(), m.position());
      // Its steps are pinned with it, and so is what they see.
      case Expr.Subquery s ->
          new Expr.Subquery(s.inner(), s.range(), s.step(), pin(s.shift()), s.position());
      case Expr.Unary u -> new Expr.Unary(u.negative(), pin(u.operand()), u.position());
      case Expr.Binary b ->
          new Expr.Binary(
              b.operator(), pin(b.left()), pin(b.right()), b.bool(), b.matching(), b.position());
      case Expr.Aggregate a ->
          new Expr.Aggregate(
              a.aggregation(),
              pin(a.operand()),
              a.parameter() == null ? null : pin(a.parameter()),
              a.grouping(),
              a.position());
      case Expr.Call call -> {
        looksAtTheTime |= LOOK_AT_THE_TIME.contains(call.function());
        // What follows `info` are labels, no selector.
        boolean info = call.function() == Function.INFO;
        yield new Expr.Call(
            call.function(),
            IntStream.range(0, call.arguments().size())
                .mapToObj(
                    i -> info && i > 0 ? call.arguments().get(i) : pin(call.arguments().get(i)))
                .toList(),
            call.position());
      }
    };
  }

  private Expr.VectorSelector pin(Expr.VectorSelector selector) {
    return new Expr.VectorSelector(
        selector.matchers(), pin(selector.shift()), selector.mode(), selector.position());
  }
}
