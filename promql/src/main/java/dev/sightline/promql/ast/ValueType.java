package dev.sightline.promql.ast;

/// The four types of PromQL's values.
public enum ValueType {
  SCALAR("scalar"),
  VECTOR("instant vector"),
  MATRIX("range vector"),
  STRING("string");

  private final String text;

  ValueType(String text) {
    this.text = text;
  }

  /// As messages name it.
  public String text() {
    return text;
  }
}
