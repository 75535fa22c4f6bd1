package dev.sightline.model.label;

import org.jspecify.annotations.Nullable;

/// A condition on one label of a series or stream; an absent label has the empty value.
///
/// Regular expressions are RE2, match the whole value, and their dot matches line ends too.
public final class Matcher {
  private final String name;
  private final MatchOperator operator;
  private final String value;
  private final @Nullable WholeMatch regex;

  /// @throws BadPatternException if a regular expression is malformed or too large
  public Matcher(String name, MatchOperator operator, String value) {
    this.name = name;
    this.operator = operator;
    this.value = value;
    this.regex =
        operator == MatchOperator.REGEX || operator == MatchOperator.NOT_REGEX
            ? WholeMatch.of(value)
            : null;
  }

  public static Matcher equal(String name, String value) {
    return new Matcher(name, MatchOperator.EQUAL, value);
  }

  public String name() {
    return name;
  }

  public MatchOperator operator() {
    return operator;
  }

  public String value() {
    return value;
  }

  /// @param labelValue the empty text where the label is absent
  public boolean matches(String labelValue) {
    return switch (operator) {
      case EQUAL -> value.equals(labelValue);
      case NOT_EQUAL -> !value.equals(labelValue);
      case REGEX -> whole().matches(labelValue);
      case NOT_REGEX -> !whole().matches(labelValue);
    };
  }

  /// Whether series without this label match.
  public boolean matchesEmpty() {
    return matches("");
  }

  /// The regular expression of this matcher.
  ///
  /// @throws IllegalStateException for `=` and `!=`
  public WholeMatch whole() {
    if (regex == null) {
      throw new IllegalStateException("BUG: " + this + " has no regular expression");
    }
    return regex;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Matcher matcher
        && name.equals(matcher.name)
        && operator == matcher.operator
        && value.equals(matcher.value);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * name.hashCode() + operator.hashCode()) + value.hashCode();
  }

  @Override
  public String toString() {
    return name + operator.sign() + '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
