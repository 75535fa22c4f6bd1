package dev.sightline.promql.parse;

import dev.sightline.model.label.Matcher;
import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException.BadQuery;
import dev.sightline.promql.ast.BinaryOperator;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.Function;
import dev.sightline.promql.ast.Matching;
import dev.sightline.promql.ast.ValueType;
import java.util.List;

/// Checks that every part of a tree has the type that its place demands.
final class TypeCheck {
  private final TokenStream tokens;

  TypeCheck(TokenStream tokens) {
    this.tokens = tokens;
  }

  void check(Expr expr) {
    switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> {}
      case Expr.Parenthesized(Expr inner, _) -> check(inner);
      case Expr.VectorSelector selector -> checkSelector(selector);
      case Expr.MatrixSelector matrix -> checkSelector(matrix.selector());
      case Expr.Subquery subquery -> {
        check(subquery.inner());
        if (subquery.inner().type() != ValueType.VECTOR
            && subquery.inner().type() != ValueType.SCALAR) {
          throw failure(
              subquery.position(),
              "subquery is only allowed on instant vector, got "
                  + subquery.inner().type().text()
                  + " instead");
        }
      }
      case Expr.Unary unary -> checkUnary(unary);
      case Expr.Binary binary -> checkBinary(binary);
      case Expr.Aggregate aggregate -> checkAggregate(aggregate);
      case Expr.Call call -> checkCall(call);
    }
  }

  private void checkSelector(Expr.VectorSelector selector) {
    if (selector.matchers().stream().allMatch(Matcher::matchesEmpty)) {
      throw failure(
          selector.position(), "vector selector must contain at least one non-empty matcher");
    }
  }

  private void checkUnary(Expr.Unary unary) {
    check(unary.operand());
    ValueType type = unary.operand().type();
    if (type != ValueType.SCALAR && type != ValueType.VECTOR) {
      throw failure(
          unary.position(),
          "unary expression only allowed on expressions of type scalar or instant vector, got "
              + Quoting.quote(type.text()));
    }
  }

  private void checkBinary(Expr.Binary binary) {
    check(binary.left());
    check(binary.right());
    BinaryOperator operator = binary.operator();
    for (Expr side : List.of(binary.left(), binary.right())) {
      if (side.type() != ValueType.SCALAR && side.type() != ValueType.VECTOR) {
        throw failure(
            side.position(), "binary expression must contain only scalar and instant vector types");
      }
    }
    if (binary.bool() && !operator.isComparison()) {
      throw failure(binary.position(), "bool modifier can only be used on comparison operators");
    }
    if (binary.type() == ValueType.SCALAR && operator.isComparison() && !binary.bool()) {
      throw failure(binary.position(), "comparisons between scalars must use BOOL modifier");
    }
    boolean vectors =
        binary.left().type() == ValueType.VECTOR && binary.right().type() == ValueType.VECTOR;
    if (!vectors && operator.isSet()) {
      throw failure(
          binary.position(),
          "set operator "
              + Quoting.quote(operator.text())
              + " not allowed in binary scalar expression");
    }
    if (!vectors && !binary.matching().isDefault()) {
      throw failure(binary.position(), "vector matching only allowed between instant vectors");
    }
    checkMatching(binary);
  }

  private void checkMatching(Expr.Binary binary) {
    Matching matching = binary.matching();
    if (binary.operator().isSet()) {
      if (matching.cardinality() != Matching.Cardinality.ONE_TO_ONE) {
        throw failure(
            binary.position(),
            "no grouping allowed for " + Quoting.quote(binary.operator().text()) + " operation");
      }
      if (matching.fillLeft() != null || matching.fillRight() != null) {
        throw failure(binary.position(), "filling in missing series not allowed for set operators");
      }
    }
    for (String label : matching.include()) {
      if (matching.on() && matching.labels().contains(label)) {
        throw failure(
            binary.position(),
            "label " + Quoting.quote(label) + " must not occur in ON and GROUP clause at once");
      }
    }
  }

  private void checkAggregate(Expr.Aggregate aggregate) {
    expect(aggregate.operand(), ValueType.VECTOR, "aggregation expression");
    ValueType parameter = aggregate.aggregation().parameter();
    if (parameter != null && aggregate.parameter() != null) {
      expect(aggregate.parameter(), parameter, "aggregation parameter");
    }
  }

  private void checkCall(Expr.Call call) {
    Function function = call.function();
    int count = call.arguments().size();
    if (count < function.minArguments() || count > function.maxArguments()) {
      throw failure(call.position(), "expected " + wanted(function, count) + ", got " + count);
    }
    for (int i = 0; i < count; i++) {
      Expr argument = call.arguments().get(i);
      if (function == Function.INFO && i == 1) {
        if (!(argument instanceof Expr.VectorSelector)) {
          throw failure(argument.position(), "expected label selectors only");
        }
        continue;
      }
      expect(argument, function.parameter(i), "call to function " + Quoting.quote(function.text()));
    }
  }

  private static String wanted(Function function, int count) {
    String call = " argument(s) in call to " + Quoting.quote(function.text());
    if (function.minArguments() == function.maxArguments()) {
      return function.minArguments() + call;
    }
    return count < function.minArguments()
        ? "at least " + function.minArguments() + call
        : "at most " + function.maxArguments() + call;
  }

  private void expect(Expr expr, ValueType type, String context) {
    check(expr);
    if (expr.type() != type) {
      throw failure(
          expr.position(),
          "expected type " + type.text() + " in " + context + ", got " + expr.type().text());
    }
  }

  private BadQuery failure(Position position, String message) {
    return tokens.failure(position, message);
  }
}
