package dev.sightline.promql.ast;

/// A length of time as written in brackets or after `offset`: a duration or arithmetic with some.
public sealed interface Span {
  record Fixed(double seconds) implements Span {}

  /// `step()`: the step of the query.
  record QueryStep() implements Span {}

  /// `range()`: from the query's start to its end.
  record QueryRange() implements Span {}

  record Negated(Span inner) implements Span {}

  /// @param operator one of `+ - * / % ^`
  record Arithmetic(BinaryOperator operator, Span left, Span right) implements Span {}

  record Smaller(Span left, Span right) implements Span {}

  record Larger(Span left, Span right) implements Span {}
}
