package dev.sightline.template.function;

import dev.sightline.model.label.CodePointOrder;
import dev.sightline.model.time.Clock;
import dev.sightline.template.TemplateFunction;
import dev.sightline.template.TemplateFunction.Refusal;
import dev.sightline.template.Value;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The functions that Prometheus's rules and consoles may call.
public final class PrometheusFunctions {
  private static final Map<String, TemplateFunction> PURE =
      Map.ofEntries(
          number("humanize", Humanizing::metric),
          number("humanize1024", Humanizing::binary),
          number("humanizeDuration", Humanizing::duration),
          number("humanizePercentage", Humanizing::percentage),
          number("humanizeTimestamp", Humanizing::timestamp),
          Map.entry(
              "toTime",
              TemplateFunction.of(1, a -> Humanizing.moment(Arguments.number(a.getFirst())))),
          Map.entry("toDuration", TemplateFunction.of(1, a -> span(a.getFirst()))),
          Map.entry("parseDuration", TemplateFunction.of(1, a -> seconds(a.getFirst()))),
          Arguments.rewriting("title", Texts::title),
          Arguments.rewriting("toUpper", text -> text.toUpperCase(Locale.ROOT)),
          Arguments.rewriting("toLower", text -> text.toLowerCase(Locale.ROOT)),
          Arguments.rewriting("stripPort", Texts::stripPort),
          Arguments.rewriting("stripDomain", Texts::stripDomain),
          Arguments.rewriting("urlQueryEscape", Texts::queryEscape),
          Arguments.rewriting("safeHtml", text -> text),
          Arguments.rewriting("graphLink", text -> link(text, 0)),
          Arguments.rewriting("tableLink", text -> link(text, 1)),
          Map.entry(
              "match",
              TemplateFunction.of(
                  2,
                  a ->
                      Value.of(Texts.matches(Arguments.text(a.get(0)), Arguments.text(a.get(1)))))),
          Map.entry("reReplaceAll", TemplateFunction.of(3, PrometheusFunctions::replaced)),
          Map.entry(
              "args",
              new TemplateFunction(0, TemplateFunction.ANY_NUMBER, PrometheusFunctions::numbered)),
          Map.entry("first", TemplateFunction.of(1, a -> first(a.getFirst()))),
          Map.entry(
              "label", TemplateFunction.of(2, a -> label(Arguments.text(a.get(0)), a.get(1)))),
          Map.entry("value", TemplateFunction.of(1, a -> member(a.getFirst(), "Value"))),
          Map.entry("strvalue", TemplateFunction.of(1, a -> label("__value__", a.getFirst()))),
          Map.entry("sortByLabel", TemplateFunction.of(2, PrometheusFunctions::sorted)));

  private PrometheusFunctions() {}

  /// @param queries what `query` asks
  /// @param externalUrl where people reach this server
  public static Map<String, TemplateFunction> of(
      TemplateQueries queries, URI externalUrl, Clock clock) {
    Map<String, TemplateFunction> functions = new HashMap<>(PURE);
    functions.put(
        "query",
        TemplateFunction.of(
            1,
            a ->
                new Value.Sequence(
                    queries.query(Arguments.text(a.getFirst())).stream()
                        .map(PrometheusFunctions::element)
                        .toList())));
    String path = externalUrl.getPath();
    functions.put("pathPrefix", constant(path == null ? "" : path));
    functions.put("externalURL", constant(externalUrl.toString()));
    functions.put(
        "now", TemplateFunction.of(0, _ -> new Value.Real(Math.floorDiv(clock.nowMs(), 1_000L))));
    return Map.copyOf(functions);
  }

  private static Value element(TemplateQueries.Element element) {
    Map<String, Value> fields = new TreeMap<>();
    fields.put("Labels", Value.Mapping.ofTexts(element.labels().toMap()));
    fields.put("Value", new Value.Real(element.value()));
    return new Value.Structure("*template.sample", fields);
  }

  private static TemplateFunction constant(String text) {
    return TemplateFunction.of(0, _ -> new Value.Text(text));
  }

  private interface Wording {
    String of(double value);
  }

  private static Map.Entry<String, TemplateFunction> number(String name, Wording wording) {
    return Map.entry(
        name,
        TemplateFunction.of(1, a -> new Value.Text(wording.of(Arguments.number(a.getFirst())))));
  }

  private static String link(String expression, int tab) {
    return "/graph?g0.expr=" + Texts.queryEscape(expression) + "&g0.tab=" + tab;
  }

  private static Value span(Value seconds) {
    double nanos = Arguments.number(seconds) * 1e9;
    if (!(Math.abs(nanos) < Long.MAX_VALUE)) {
      throw new Refusal("value is NaN, Inf or too long");
    }
    return new Value.Span(Duration.ofNanos((long) nanos));
  }

  private static Value seconds(Value text) {
    return new Value.Real(DurationUnits.seconds(Arguments.text(text)));
  }

  private static Value replaced(List<Value> arguments) {
    return new Value.Text(
        Texts.replaceAll(
            Arguments.text(arguments.get(0)),
            Arguments.text(arguments.get(1)),
            Arguments.text(arguments.get(2))));
  }

  private static Value numbered(List<Value> arguments) {
    Map<String, Value> numbered = new TreeMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      numbered.put("arg" + i, arguments.get(i));
    }
    return new Value.Mapping(numbered, Value.nil());
  }

  private static Value first(Value vector) {
    List<Value> elements = Arguments.elements(vector);
    if (elements.isEmpty()) {
      throw new Refusal("first() called on vector with no elements");
    }
    return elements.getFirst();
  }

  private static Value label(String name, Value element) {
    if (member(element, "Labels") instanceof Value.Mapping labels) {
      return labels.entries().getOrDefault(name, labels.absent());
    }
    throw new Refusal("expected an element of a query's result; got " + element.type());
  }

  private static Value member(Value element, String name) {
    if (element instanceof Value.Structure structure && structure.fields().containsKey(name)) {
      return structure.fields().getOrDefault(name, Value.nil());
    }
    throw new Refusal("expected an element of a query's result; got " + element.type());
  }

  private static Value sorted(List<Value> arguments) {
    String name = Arguments.text(arguments.get(0));
    List<Value> elements = new ArrayList<>(Arguments.elements(arguments.get(1)));
    Comparator<Value> byLabel =
        (a, b) ->
            CodePointOrder.compare(Arguments.text(label(name, a)), Arguments.text(label(name, b)));
    elements.sort(byLabel);
    return new Value.Sequence(elements);
  }
}
