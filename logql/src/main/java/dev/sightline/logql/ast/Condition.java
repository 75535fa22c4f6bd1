package dev.sightline.logql.ast;

import dev.sightline.model.label.Matcher;

/// What a label filter asks of the labels of a line.
public sealed interface Condition {
  record Both(Condition left, Condition right) implements Condition {}

  record Either(Condition left, Condition right) implements Condition {}

  /// `level="error"`
  record Text(Matcher matcher) implements Condition {}

  /// `status >= 500`
  record Numeric(String label, Comparison comparison, double value) implements Condition {}

  /// `took > 1.5s`
  record Duration(String label, Comparison comparison, long valueNs) implements Condition {}

  /// `size > 10KB`
  record Bytes(String label, Comparison comparison, long valueBytes) implements Condition {}

  /// `client = ip("10.0.0.0/8")`
  ///
  /// @param equal whether addresses that match are wanted, not the others
  record Ip(String label, boolean equal, String pattern) implements Condition {}

  /// How numbers are compared.
  enum Comparison {
    EQUAL("=="),
    NOT_EQUAL("!="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    LESS_OR_EQUAL("<=");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }

    public boolean holds(double left, double right) {
      return switch (this) {
        case EQUAL -> left == right;
        case NOT_EQUAL -> left != right;
        case GREATER -> left > right;
        case GREATER_OR_EQUAL -> left >= right;
        case LESS -> left < right;
        case LESS_OR_EQUAL -> left <= right;
      };
    }
  }
}
