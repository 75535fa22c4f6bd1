package dev.sightline.promql.ast;

import org.jspecify.annotations.Nullable;

/// What moves a selector in time: `offset` and `@`.
public record Shift(@Nullable Span offset, @Nullable At at) {
  public static final Shift NONE = new Shift(null, null);

  /// This shift as it stands inside a subquery with another.
  public Shift within(Shift outer) {
    if (at != null || outer.equals(NONE)) {
      return this;
    }
    Span both =
        offset == null || outer.offset == null
            ? (offset == null ? outer.offset : offset)
            : new Span.Arithmetic(BinaryOperator.ADD, outer.offset, offset);
    return new Shift(both, outer.at);
  }

  /// The moment after `@`.
  public sealed interface At {}

  /// @param timestampMs Unix milliseconds
  public record Moment(long timestampMs) implements At {}

  /// `@ start()`
  public record QueryStart() implements At {}

  /// `@ end()`
  public record QueryEnd() implements At {}
}
