package dev.sightline.promql.parse;

import dev.sightline.promql.ast.Expr;
import java.util.List;
import java.util.stream.Collectors;

/// Writes a tree as text to be read: what is longer than a line is broken up, two spaces deeper at
/// each level. Broken as Prometheus does.
final class Layout {
  private static final int MAX_LINE = 100;
  private static final String INDENT = "  ";

  private Layout() {}

  static String of(Expr expr) {
    return of(expr, 0);
  }

  private static String of(Expr expr, int level) {
    String indent = INDENT.repeat(level);
    String line = Printer.print(expr);
    if (line.length() <= MAX_LINE && !(expr instanceof Expr.Subquery)) {
      return indent + line;
    }
    return switch (expr) {
      case Expr.NumberLiteral _,
          Expr.StringLiteral _,
          Expr.VectorSelector _,
          Expr.MatrixSelector _ ->
          indent + line;
      case Expr.Parenthesized(Expr inner, _) ->
          indent + "(\n" + of(inner, level + 1) + "\n" + indent + ")";
      case Expr.Subquery subquery ->
          line.length() <= MAX_LINE
              ? indent + line
              : of(subquery.inner(), level) + Printer.window(subquery);
      case Expr.Unary unary ->
          indent + (unary.negative() ? "-" : "+") + of(unary.operand(), level).strip();
      case Expr.Binary binary ->
          of(binary.left(), level + 1)
              + "\n"
              + indent
              + Printer.operator(binary)
              + "\n"
              + of(binary.right(), level + 1);
      case Expr.Aggregate aggregate ->
          indent
              + Printer.head(aggregate)
              + "(\n"
              + (aggregate.parameter() == null ? "" : of(aggregate.parameter(), level + 1) + ",\n")
              + of(aggregate.operand(), level + 1)
              + "\n"
              + indent
              + ")";
      case Expr.Call call ->
          indent
              + call.function().text()
              + "(\n"
              + arguments(call.arguments(), level + 1)
              + "\n"
              + indent
              + ")";
    };
  }

  private static String arguments(List<Expr> arguments, int level) {
    return arguments.stream()
        .map(argument -> of(argument, level))
        .collect(Collectors.joining(",\n"));
  }
}
