package dev.sightline.api.prometheus;

import static dev.sightline.api.http.Parameter.required;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.CallHandler;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.api.json.JsonWriter;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.query.QueryTexts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Prometheus's API about the text of queries: `format_query`, `parse_query`, and what the language
/// knows, `features`.
public final class QueryTextApi {
  private static final List<Parameter> QUERY =
      List.of(required("query", Parameter.Type.STRING, "PromQL"));

  private final QueryTexts texts;

  public QueryTextApi(QueryTexts texts) {
    this.texts = texts;
  }

  public void addTo(Routes routes) {
    List<String> both = List.of("GET", "POST");
    add(routes, both, "format_query", "A query laid out to be read", QUERY, this::format);
    add(routes, both, "parse_query", "A query as a tree", QUERY, this::parse);
    List<String> get = List.of("GET");
    add(routes, get, "features", "What this server knows", List.of(), _ -> features());
  }

  private static void add(
      Routes routes,
      List<String> methods,
      String name,
      String summary,
      List<Parameter> parameters,
      CallHandler handler) {
    PathTemplate path = PathTemplate.of("/api/v1/" + name);
    for (String method : methods) {
      routes.add(new Route(method, path, Permission.QUERY, summary, parameters, handler));
    }
  }

  private Reply format(Call call) {
    String text = read(() -> texts.formatted(query(call)));
    return Envelope.success(json -> json.value(text));
  }

  private Reply parse(Call call) {
    Map<String, @Nullable Object> tree = read(() -> texts.tree(query(call)));
    return Envelope.success(json -> write(json, tree));
  }

  private Reply features() {
    Map<String, List<String>> features = new TreeMap<>(texts.features());
    features.put(
        "api",
        List.of(
            "format_query",
            "label_values_match",
            "parse_query",
            "query_limit",
            "query_lookback_delta",
            "query_stats",
            "series_limit"));
    return Envelope.success(
        json -> {
          json.beginObject();
          features.forEach(
              (category, names) -> {
                json.name(category).beginObject();
                names.forEach(name -> json.name(name).value(true));
                json.endObject();
              });
          json.endObject();
        });
  }

  private static String query(Call call) {
    String query = call.parameter("query");
    return query == null ? "" : query;
  }

  private static <T> T read(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (QueryException.BadQuery bad) {
      throw Parameters.invalid("query", String.valueOf(bad.getMessage()));
    }
  }

  private static void write(JsonWriter json, @Nullable Object value) {
    switch (value) {
      case null -> json.number("null");
      case String text -> json.value(text);
      case Long number -> json.value(number.longValue());
      case Double number -> json.value(number.doubleValue());
      case Boolean flag -> json.value(flag.booleanValue());
      case List<?> list -> {
        json.beginArray();
        list.forEach(element -> write(json, element));
        json.endArray();
      }
      case Map<?, ?> map -> {
        json.beginObject();
        map.forEach(
            (name, member) -> {
              json.name(String.valueOf(name));
              write(json, member);
            });
        json.endObject();
      }
      default -> throw new IllegalStateException("BUG: no JSON: " + value.getClass());
    }
  }
}
