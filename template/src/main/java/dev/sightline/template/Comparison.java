package dev.sightline.template;

import dev.sightline.model.label.CodePointOrder;
import dev.sightline.template.TemplateFunction.Refusal;
import java.util.List;

/// Compares values as Go's templates do: only what is of one kind.
final class Comparison {
  private Comparison() {}

  /// Whether the first equals one of the others.
  static boolean equalsAny(List<Value> arguments) {
    Value first = arguments.getFirst();
    for (Value other : arguments.subList(1, arguments.size())) {
      if (equal(first, other)) {
        return true;
      }
    }
    return false;
  }

  private static boolean equal(Value left, Value right) {
    return switch (left) {
      case Value.Nil _ -> right instanceof Value.Nil;
      case Value.Bool(boolean a) when right instanceof Value.Bool(boolean b) -> a == b;
      case Value.Whole(long a) when right instanceof Value.Whole(long b) -> a == b;
      case Value.Real(double a) when right instanceof Value.Real(double b) -> a == b;
      case Value.Text(String a) when right instanceof Value.Text(String b) -> a.equals(b);
      case Value.Moment a when right instanceof Value.Moment b -> a.equals(b);
      case Value.Span a when right instanceof Value.Span b -> a.equals(b);
      case Value.Sequence _, Value.Mapping _, Value.Structure _ ->
          throw new Refusal("non-comparable type " + left.type());
      default -> {
        if (right instanceof Value.Nil) {
          yield false;
        }
        throw new Refusal("incompatible types for comparison");
      }
    };
  }

  /// Negative, zero or positive; a NaN is above everything, so that it is below nothing.
  static int order(Value left, Value right) {
    return switch (left) {
      case Value.Whole(long a) when right instanceof Value.Whole(long b) -> Long.compare(a, b);
      case Value.Real(double a) when right instanceof Value.Real(double b) ->
          a < b ? -1 : a == b ? 0 : 1;
      case Value.Text(String a) when right instanceof Value.Text(String b) ->
          CodePointOrder.compare(a, b);
      case Value.Bool _, Value.Nil _, Value.Sequence _, Value.Mapping _, Value.Structure _ ->
          throw new Refusal("invalid type for comparison");
      case Value.Moment _ -> throw new Refusal("invalid type for comparison");
      case Value.Span(var a) when right instanceof Value.Span(var b) -> a.compareTo(b);
      default -> throw new Refusal("incompatible types for comparison");
    };
  }
}
