package dev.sightline.template.function;

import dev.sightline.template.Moments;
import dev.sightline.template.TemplateFunction;
import dev.sightline.template.TemplateFunction.Refusal;
import dev.sightline.template.Value;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The functions that Alertmanager's templates may call.
public final class NotificationFunctions {
  private static final int ANY = TemplateFunction.ANY_NUMBER;
  private static final Map<String, TemplateFunction> PURE =
      Map.ofEntries(
          Arguments.rewriting("title", Texts::title),
          Arguments.rewriting("toUpper", text -> text.toUpperCase(Locale.ROOT)),
          Arguments.rewriting("toLower", text -> text.toLowerCase(Locale.ROOT)),
          Arguments.rewriting("trimSpace", String::strip),
          Arguments.rewriting("safeHtml", text -> text),
          Arguments.rewriting("safeUrl", text -> text),
          Arguments.rewriting("urlUnescape", NotificationFunctions::unescaped),
          Arguments.rewriting("base64encode", NotificationFunctions::encoded),
          Arguments.rewriting("base64decode", NotificationFunctions::decoded),
          Map.entry("join", TemplateFunction.of(2, NotificationFunctions::joined)),
          Map.entry(
              "match",
              TemplateFunction.of(
                  2,
                  a ->
                      Value.of(Texts.matches(Arguments.text(a.get(0)), Arguments.text(a.get(1)))))),
          Map.entry("reReplaceAll", TemplateFunction.of(3, NotificationFunctions::replaced)),
          Map.entry("stringSlice", new TemplateFunction(0, ANY, Value.Sequence::new)),
          Map.entry("list", new TemplateFunction(0, ANY, Value.Sequence::new)),
          Map.entry("append", new TemplateFunction(1, ANY, NotificationFunctions::appended)),
          Map.entry("dict", new TemplateFunction(0, ANY, NotificationFunctions::paired)),
          Map.entry(
              "humanizeDuration",
              TemplateFunction.of(
                  1, a -> new Value.Text(Humanizing.duration(Arguments.number(a.getFirst()))))),
          Map.entry("date", TemplateFunction.of(2, NotificationFunctions::dated)));

  private NotificationFunctions() {}

  /// @param now what `now` says, and `since` counts to
  public static Map<String, TemplateFunction> of(Instant now) {
    Map<String, TemplateFunction> functions = new HashMap<>(PURE);
    functions.put("now", TemplateFunction.of(0, _ -> new Value.Moment(now)));
    functions.put(
        "since",
        TemplateFunction.of(1, a -> new Value.Span(Duration.between(moment(a.getFirst()), now))));
    return Map.copyOf(functions);
  }

  private static Value joined(List<Value> arguments) {
    return new Value.Text(
        String.join(
            Arguments.text(arguments.get(0)),
            Arguments.elements(arguments.get(1)).stream().map(Arguments::text).toList()));
  }

  private static Value replaced(List<Value> arguments) {
    return new Value.Text(
        Texts.replaceAll(
            Arguments.text(arguments.get(0)),
            Arguments.text(arguments.get(1)),
            Arguments.text(arguments.get(2))));
  }

  private static Value appended(List<Value> arguments) {
    List<Value> all = new ArrayList<>(Arguments.elements(arguments.getFirst()));
    all.addAll(arguments.subList(1, arguments.size()));
    return new Value.Sequence(all);
  }

  private static Value paired(List<Value> arguments) {
    if (arguments.size() % 2 != 0) {
      throw new Refusal("needs a value behind each key");
    }
    Map<String, Value> entries = new TreeMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      entries.put(Arguments.text(arguments.get(i)), arguments.get(i + 1));
    }
    return new Value.Mapping(entries, Value.nil());
  }

  private static Value dated(List<Value> arguments) {
    return new Value.Text(
        Moments.format(moment(arguments.get(1)), Arguments.text(arguments.get(0))));
  }

  private static Instant moment(Value value) {
    if (value instanceof Value.Moment(Instant instant)) {
      return instant;
    }
    throw new Refusal("wrong type for value; expected time.Time; got " + value.type());
  }

  private static String unescaped(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException bad) {
      throw new Refusal(String.valueOf(bad.getMessage()));
    }
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String text) {
    try {
      return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException bad) {
      throw new Refusal(String.valueOf(bad.getMessage()));
    }
  }
}
