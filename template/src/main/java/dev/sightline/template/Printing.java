package dev.sightline.template;

import dev.sightline.model.series.ValueText;
import dev.sightline.template.TemplateFunction.Refusal;
import java.util.List;
import java.util.Map;

/// Writes values as Go's `fmt` does with `%v`.
final class Printing {
  private Printing() {}

  /// @throws Refusal if it has more characters than `limit`
  static String print(Value value, int limit) {
    return switch (value) {
      case Value.Text(String text) -> text;
      case Value.Nil _ -> "<no value>";
      default -> {
        StringBuilder text = new StringBuilder();
        append(value, text, limit);
        yield text.toString();
      }
    };
  }

  static void append(Value value, StringBuilder into, int limit) {
    switch (value) {
      case Value.Nil _ -> into.append("<nil>");
      case Value.Bool(boolean truth) -> into.append(truth);
      case Value.Whole(long number) -> into.append(number);
      case Value.Real(double number) -> into.append(ValueText.of(number));
      case Value.Text(String text) -> into.append(text);
      case Value.Moment moment -> into.append(Moments.print(moment));
      case Value.Span span -> into.append(Moments.print(span));
      case Value.Sequence sequence -> sequence(sequence.elements(), into, limit);
      case Value.Mapping mapping -> mapping(mapping.entries(), into, limit);
      case Value.Structure structure -> {
        into.append('{');
        String separator = "";
        for (Value field : structure.fields().values()) {
          into.append(separator);
          append(field, into, limit);
          separator = " ";
        }
        into.append('}');
      }
    }
    check(into, limit);
  }

  private static void sequence(List<Value> elements, StringBuilder into, int limit) {
    into.append('[');
    for (int i = 0; i < elements.size(); i++) {
      into.append(i == 0 ? "" : " ");
      append(elements.get(i), into, limit);
    }
    into.append(']');
  }

  private static void mapping(Map<String, Value> entries, StringBuilder into, int limit) {
    into.append("map[");
    String separator = "";
    for (Map.Entry<String, Value> entry : entries.entrySet()) {
      into.append(separator).append(entry.getKey()).append(':');
      append(entry.getValue(), into, limit);
      separator = " ";
    }
    into.append(']');
  }

  static void check(StringBuilder text, int limit) {
    if (text.length() > limit) {
      throw new Refusal("more than " + limit + " characters");
    }
  }
}
