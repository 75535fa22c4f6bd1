package dev.sightline.api.loki;

import static dev.sightline.api.http.Parameter.optional;
import static dev.sightline.api.http.Parameter.required;

import dev.sightline.api.http.Call;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Routes;
import dev.sightline.api.json.JsonWriter;
import dev.sightline.api.loki.LokiParameters.Span;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LogSource;
import dev.sightline.model.log.LogSource.Direction;
import dev.sightline.model.query.DetectedField;
import dev.sightline.model.query.LinePattern;
import dev.sightline.model.query.LogQueries;
import dev.sightline.model.query.LogQueries.Options;
import dev.sightline.model.query.LogQueries.Range;
import dev.sightline.model.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// Loki's API about what lines have in common: `detected_labels`, `detected_fields` with their
/// values, and `patterns`.
public final class DetectionApi {
  private static final int DEFAULT_LINES = 100;
  private static final int MOST_FIELDS = 1_000;
  private static final int MOST_PATTERNS = 300;
  private static final Duration DEFAULT_SPAN = Duration.ofHours(1);
  private static final long NS_PER_S = 1_000_000_000;
  private static final Parameter QUERY =
      required("query", Parameter.Type.STRING, "LogQL that yields lines");
  private static final Parameter STEP =
      optional("step", Parameter.Type.STRING, "Between two counts: seconds, or such as 15s");

  private final LogSource source;
  private final LogQueries queries;
  private final QueryPool pool;
  private final Clock clock;

  public DetectionApi(LogSource source, LogQueries queries, QueryPool pool, Clock clock) {
    this.source = source;
    this.queries = queries;
    this.pool = pool;
    this.clock = clock;
  }

  public void addTo(Routes routes) {
    Parameter selector =
        optional("query", Parameter.Type.STRING, "A selector that streams must match");
    LogQueryApi.add(
        routes,
        "detected_labels",
        "Labels of streams, with how many values each has",
        spanned(selector),
        this::labels);
    Parameter lines =
        optional(
            "line_limit", Parameter.Type.INTEGER, "The most lines looked at; 100 where absent");
    Parameter limit =
        optional("limit", Parameter.Type.INTEGER, "The most fields, or values; 1,000 where absent");
    LogQueryApi.add(
        routes,
        "detected_fields",
        "Fields of log lines, with types and how many values each has",
        spanned(QUERY, lines, limit),
        this::fields);
    LogQueryApi.add(
        routes,
        "detected_field/{name}/values",
        "Values of a field of log lines",
        spanned(Parameter.path("name", "The field's"), QUERY, lines, limit),
        this::values);
    LogQueryApi.add(
        routes,
        "patterns",
        "What log lines look like, with how many there are over time",
        spanned(QUERY, STEP),
        this::patterns);
  }

  private static List<Parameter> spanned(Parameter... first) {
    List<Parameter> parameters = new ArrayList<>(List.of(first));
    parameters.addAll(List.of(LogQueryApi.START, LogQueryApi.END, LogQueryApi.SINCE));
    return parameters;
  }

  private Reply labels(Call call) {
    Span span = span(call);
    String text = call.parameter("query");
    List<Matcher> matchers = text == null || text.isEmpty() ? List.of() : queries.selector(text);
    TreeMap<String, Integer> labels =
        pool.run(
            call.waits(),
            () -> {
              TreeMap<String, Integer> counts = new TreeMap<>();
              for (String name : source.labelNames(matchers, span.startNs(), span.endNs())) {
                counts.put(
                    name, source.labelValues(name, matchers, span.startNs(), span.endNs()).size());
              }
              return counts;
            });
    return Reply.json(
        json -> {
          json.beginObject().name("detectedLabels").beginArray();
          labels.forEach(
              (name, count) ->
                  json.beginObject()
                      .name("label")
                      .value(name)
                      .name("cardinality")
                      .value(count)
                      .endObject());
          json.endArray().endObject();
        });
  }

  private Reply fields(Call call) {
    int limit = LokiParameters.positive(call, "limit", MOST_FIELDS);
    List<DetectedField> fields = found(call, limit);
    return Reply.json(
        json -> {
          json.beginObject().name("fields").beginArray();
          fields.forEach(field -> write(json, field));
          json.endArray().name("limit").value(limit).endObject();
        });
  }

  private static void write(JsonWriter json, DetectedField field) {
    json.beginObject()
        .name("label")
        .value(field.label())
        .name("type")
        .value(field.type().name().toLowerCase(Locale.ROOT))
        .name("cardinality")
        .value(field.values().size());
    array(json.name("parsers"), field.parsers());
    if (!field.jsonPath().isEmpty()) {
      array(json.name("jsonPath"), field.jsonPath());
    }
    json.endObject();
  }

  private Reply values(Call call) {
    int limit = LokiParameters.positive(call, "limit", MOST_FIELDS);
    String name = call.path("name");
    List<String> values =
        found(call, Integer.MAX_VALUE).stream()
            .filter(field -> field.label().equals(name))
            .flatMap(field -> field.values().stream())
            .limit(limit)
            .toList();
    return Reply.json(
        json -> {
          array(json.beginObject().name("values"), values);
          json.name("limit").value(limit).endObject();
        });
  }

  private List<DetectedField> found(Call call, int mostFields) {
    Span span = span(call);
    int lines = LokiParameters.positive(call, "line_limit", DEFAULT_LINES);
    Range range = new Range(span.startNs(), span.endNs(), 1, 0, lines, Direction.BACKWARD);
    String query = query(call);
    return pool.run(call.waits(), () -> queries.fields(query, range, mostFields, Options.DEFAULT));
  }

  private Reply patterns(Call call) {
    Span span = span(call);
    long stepNs = Math.max(NS_PER_S, LokiParameters.stepNs(call, span));
    Range range =
        new Range(span.startNs(), span.endNs(), stepNs, 0, MOST_PATTERNS, Direction.FORWARD);
    String query = query(call);
    List<LinePattern> patterns =
        pool.run(call.waits(), () -> queries.patterns(query, range, Options.DEFAULT));
    return Reply.json(
        json -> {
          json.beginObject().name("status").value("success").name("data").beginArray();
          patterns.forEach(pattern -> write(json, pattern));
          json.endArray().endObject();
        });
  }

  private static void write(JsonWriter json, LinePattern pattern) {
    json.beginObject().name("pattern").value(pattern.pattern());
    if (!pattern.level().isEmpty()) {
      json.name("level").value(pattern.level());
    }
    json.name("samples").beginArray();
    for (LinePattern.Count count : pattern.counts()) {
      json.beginArray()
          .value(Math.floorDiv(count.timeNs(), NS_PER_S))
          .value(count.lines())
          .endArray();
    }
    json.endArray().endObject();
  }

  private static void array(JsonWriter json, List<String> texts) {
    json.beginArray();
    texts.forEach(json::value);
    json.endArray();
  }

  private static String query(Call call) {
    String query = call.parameter("query");
    return query == null ? "" : query;
  }

  private Span span(Call call) {
    return LokiParameters.span(call, clock.nowMs() * LogQueryApi.NS_PER_MS, DEFAULT_SPAN);
  }
}
