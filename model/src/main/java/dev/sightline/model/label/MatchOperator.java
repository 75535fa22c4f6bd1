package dev.sightline.model.label;

/// How a matcher compares a label's value.
public enum MatchOperator {
  EQUAL("="),
  NOT_EQUAL("!="),
  REGEX("=~"),
  NOT_REGEX("!~");

  private final String sign;

  MatchOperator(String sign) {
    this.sign = sign;
  }

  /// As it stands in a selector.
  public String sign() {
    return sign;
  }
}
