package dev.sightline.template.function;

import dev.sightline.template.TemplateFunction;
import dev.sightline.template.TemplateFunction.Refusal;
import dev.sightline.template.Value;
import java.util.List;
import java.util.Map;

/// Takes the arguments of functions as the types that they expect.
public final class Arguments {
  private Arguments() {}

  public static String text(Value value) {
    if (value instanceof Value.Text(String text)) {
      return text;
    }
    throw new Refusal("wrong type for value; expected string; got " + value.type());
  }

  /// A number, or a text that is one.
  public static double number(Value value) {
    return switch (value) {
      case Value.Real(double number) -> number;
      case Value.Whole(long number) -> number;
      case Value.Span(var duration) -> duration.toNanos() / 1e9;
      case Value.Text(String text) -> parsed(text);
      default -> throw new Refusal("can't convert " + value.type() + " to float");
    };
  }

  private static double parsed(String text) {
    switch (text) {
      case "Inf", "+Inf", "inf", "+inf" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-Inf", "-inf" -> {
        return Double.NEGATIVE_INFINITY;
      }
      case "NaN", "nan" -> {
        return Double.NaN;
      }
      default -> {}
    }
    try {
      boolean plain = text.length() <= 400 && text.matches("[+-]?[0-9.]+([eE][+-]?[0-9]+)?");
      if (plain) {
        return Double.parseDouble(text);
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new Refusal("strconv.ParseFloat: parsing \"" + text + "\": invalid syntax");
  }

  public static List<Value> elements(Value value) {
    return switch (value) {
      case Value.Sequence sequence -> sequence.elements();
      case Value.Nil _ -> List.of();
      default -> throw new Refusal("wrong type for value; expected a list; got " + value.type());
    };
  }

  /// A function from text to text.
  interface Rewriting {
    String of(String text);
  }

  static Map.Entry<String, TemplateFunction> rewriting(String name, Rewriting rewriting) {
    return Map.entry(
        name, TemplateFunction.of(1, a -> new Value.Text(rewriting.of(text(a.getFirst())))));
  }
}
