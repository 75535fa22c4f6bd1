package dev.sightline.promql.eval;

import dev.sightline.promql.ast.BinaryOperator;

/// What the binary operators make of two numbers.
final class Arithmetic {
  private Arithmetic() {}

  static double apply(BinaryOperator operator, double left, double right) {
    return switch (operator) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> left / right;
      case MODULO -> left % right;
      case POWER -> power(left, right);
      case ATAN2 -> Math.atan2(left, right);
      case EQUAL, NOT_EQUAL, LESS_OR_EQUAL, LESS, GREATER_OR_EQUAL, GREATER ->
          holds(operator, left, right) ? 1 : 0;
      case OR, AND, UNLESS, TRIM_UPPER, TRIM_LOWER ->
          throw new IllegalStateException("BUG: no arithmetic: " + operator);
    };
  }

  static boolean holds(BinaryOperator operator, double left, double right) {
    return switch (operator) {
      case EQUAL -> left == right;
      case NOT_EQUAL -> left != right;
      case LESS_OR_EQUAL -> left <= right;
      case LESS -> left < right;
      case GREATER_OR_EQUAL -> left >= right;
      case GREATER -> left > right;
      case OR,
          AND,
          UNLESS,
          TRIM_UPPER,
          TRIM_LOWER,
          ADD,
          SUBTRACT,
          MULTIPLY,
          DIVIDE,
          MODULO,
          ATAN2,
          POWER ->
          throw new IllegalStateException("BUG: no comparison: " + operator);
    };
  }

  /// As C and Go define it: 1 to any power is 1, and so is -1 to an infinite one.
  private static double power(double left, double right) {
    if (left == 1 || (left == -1 && Double.isInfinite(right))) {
      return 1;
    }
    return Math.pow(left, right);
  }
}
