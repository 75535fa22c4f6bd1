package dev.sightline.template;

import dev.sightline.template.TemplateFunction.Refusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The functions that the language has itself, but for `and` and `or`.
final class Builtins {
  private static final int ANY = TemplateFunction.ANY_NUMBER;

  static final Map<String, TemplateFunction> FUNCTIONS =
      Map.ofEntries(
          Map.entry("not", TemplateFunction.of(1, a -> Value.of(!a.getFirst().isTrue()))),
          Map.entry("eq", new TemplateFunction(2, ANY, a -> Value.of(Comparison.equalsAny(a)))),
          Map.entry("ne", TemplateFunction.of(2, a -> Value.of(!Comparison.equalsAny(a)))),
          Map.entry("lt", TemplateFunction.of(2, a -> Value.of(order(a) < 0))),
          Map.entry("le", TemplateFunction.of(2, a -> Value.of(notAbove(a)))),
          Map.entry("gt", TemplateFunction.of(2, a -> Value.of(!notAbove(a)))),
          Map.entry("ge", TemplateFunction.of(2, a -> Value.of(order(a) >= 0))),
          Map.entry("len", TemplateFunction.of(1, a -> new Value.Whole(length(a.getFirst())))),
          Map.entry("index", new TemplateFunction(1, ANY, Builtins::index)),
          Map.entry("slice", new TemplateFunction(1, 4, Builtins::slice)),
          Map.entry("print", new TemplateFunction(0, ANY, a -> printed("print", a))),
          Map.entry("println", new TemplateFunction(0, ANY, a -> printed("println", a))),
          Map.entry("printf", new TemplateFunction(1, ANY, a -> printed("printf", a))),
          Map.entry("html", new TemplateFunction(0, ANY, a -> printed("html", a))),
          Map.entry("js", new TemplateFunction(0, ANY, a -> printed("js", a))),
          Map.entry("urlquery", new TemplateFunction(0, ANY, a -> printed("urlquery", a))));

  private Builtins() {}

  /// Whether the result grows with the arguments, so that the expansion's limit goes to [#print].
  static boolean isPrinting(String name) {
    return switch (name) {
      case "print", "println", "printf", "html", "js", "urlquery" -> true;
      default -> false;
    };
  }

  private static Value printed(String name, List<Value> arguments) {
    return new Value.Text(print(name, arguments, Template.Limits.DEFAULT.characters()));
  }

  /// @throws Refusal if it has more characters than `limit`
  static String print(String name, List<Value> arguments, int limit) {
    return switch (name) {
      case "printf" -> GoFormat.format(arguments, limit);
      case "println" -> joined(arguments, limit, true) + "\n";
      case "html" -> escaped(joined(arguments, limit, false), limit, Builtins::html);
      case "js" -> escaped(joined(arguments, limit, false), limit, Builtins::js);
      case "urlquery" ->
          URLEncoder.encode(joined(arguments, limit, false), StandardCharsets.UTF_8)
              .replace("*", "%2A")
              .replace("%7E", "~");
      default -> joined(arguments, limit, false);
    };
  }

  /// @param everywhere whether a space stands between all, and not only between two that are no
  ///   texts
  private static String joined(List<Value> arguments, int limit, boolean everywhere) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < arguments.size(); i++) {
      boolean apart =
          i > 0
              && (everywhere
                  || !(arguments.get(i) instanceof Value.Text
                      || arguments.get(i - 1) instanceof Value.Text));
      text.append(apart ? " " : "");
      Printing.append(arguments.get(i), text, limit);
    }
    return text.toString();
  }

  private interface Escape {
    /// @return null where the character stands for itself
    @Nullable String of(char c);
  }

  private static String escaped(String text, int limit, Escape escape) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      String replacement = escape.of(text.charAt(i));
      if (replacement == null) {
        escaped.append(text.charAt(i));
      } else {
        escaped.append(replacement);
      }
      Printing.check(escaped, limit);
    }
    return escaped.toString();
  }

  private static @Nullable String html(char c) {
    return switch (c) {
      case '\0' -> "\uFFFD";
      case '"' -> "&#34;";
      case '\'' -> "&#39;";
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      default -> null;
    };
  }

  private static @Nullable String js(char c) {
    return switch (c) {
      case '\\' -> "\\\\";
      case '\'' -> "\\'";
      case '"' -> "\\\"";
      case '<', '>', '&', '=' -> "\\u%04X".formatted((int) c);
      default -> c < ' ' ? "\\u%04X".formatted((int) c) : null;
    };
  }

  private static int order(List<Value> arguments) {
    return Comparison.order(arguments.get(0), arguments.get(1));
  }

  /// As Go: less or equal, both asked on their own, so that NaN is neither.
  private static boolean notAbove(List<Value> arguments) {
    return order(arguments) <= 0;
  }

  private static long length(Value value) {
    return switch (value) {
      case Value.Text(String text) -> text.getBytes(StandardCharsets.UTF_8).length;
      case Value.Sequence sequence -> sequence.elements().size();
      case Value.Mapping mapping -> mapping.entries().size();
      default -> throw new Refusal("len of type " + value.type());
    };
  }

  private static Value index(List<Value> arguments) {
    Value value = arguments.getFirst();
    for (Value key : arguments.subList(1, arguments.size())) {
      value =
          switch (value) {
            case Value.Sequence sequence ->
                sequence.elements().get(bounded(key, sequence.elements().size() - 1));
            case Value.Mapping mapping when key instanceof Value.Text(String name) ->
                mapping.entries().getOrDefault(name, mapping.absent());
            case Value.Mapping _ ->
                throw new Refusal("value has type " + key.type() + "; should be string");
            case Value.Text(String text) -> {
              byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
              yield new Value.Whole(utf8[bounded(key, utf8.length - 1)] & 0xff);
            }
            case Value.Nil _ -> throw new Refusal("index of untyped nil");
            default -> throw new Refusal("can't index item of type " + value.type());
          };
    }
    return value;
  }

  private static Value slice(List<Value> arguments) {
    Value value = arguments.getFirst();
    if (value instanceof Value.Text(String text)) {
      if (arguments.size() > 3) {
        throw new Refusal("cannot 3-index slice a string");
      }
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      int from = arguments.size() > 1 ? bounded(arguments.get(1), utf8.length) : 0;
      int to = arguments.size() > 2 ? bounded(arguments.get(2), utf8.length) : utf8.length;
      return new Value.Text(new String(utf8, checked(from, to), to - from, StandardCharsets.UTF_8));
    }
    if (value instanceof Value.Sequence sequence) {
      int size = sequence.elements().size();
      int from = arguments.size() > 1 ? bounded(arguments.get(1), size) : 0;
      int to = arguments.size() > 2 ? bounded(arguments.get(2), size) : size;
      return new Value.Sequence(sequence.elements().subList(checked(from, to), to));
    }
    throw new Refusal("can't slice item of type " + value.type());
  }

  private static int checked(int from, int to) {
    if (from > to) {
      throw new Refusal("invalid slice index: " + from + " > " + to);
    }
    return from;
  }

  private static int bounded(Value index, int most) {
    if (!(index instanceof Value.Whole(long at))) {
      throw new Refusal("cannot index slice/array with type " + index.type());
    }
    if (at < 0 || at > most) {
      throw new Refusal("index out of range: " + at);
    }
    return (int) at;
  }
}
