package dev.sightline.logql.eval;

import dev.sightline.logql.ast.BinaryOperator;

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
      case POWER -> Math.pow(left, right);
      case EQUAL, NOT_EQUAL, LESS_OR_EQUAL, LESS, GREATER_OR_EQUAL, GREATER ->
          holds(operator, left, right) ? 1 : 0;
      case OR, AND, UNLESS -> throw new IllegalStateException("BUG: no arithmetic: " + operator);
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
      case OR, AND, UNLESS, ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER ->
          throw new IllegalStateException("BUG: no comparison: " + operator);
    };
  }
}
