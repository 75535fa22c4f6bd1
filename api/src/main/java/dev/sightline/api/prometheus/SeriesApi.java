package dev.sightline.api.prometheus;

import static dev.sightline.api.http.Parameter.optional;
import static dev.sightline.api.http.Parameter.required;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.CallHandler;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.series.SeriesSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/// Prometheus's API about which series there are: `series`, `labels`, `label/…/values`.
public final class SeriesApi {
  private static final Parameter MATCH = optional("match[]", Parameter.Type.LIST, "Selectors");
  private static final List<Parameter> COMMON =
      List.of(
          optional("start", Parameter.Type.STRING, "RFC 3339 or seconds, included"),
          optional("end", Parameter.Type.STRING, "RFC 3339 or seconds, included"),
          optional("limit", Parameter.Type.INTEGER, "How many to return; 0 for all"));

  private final SeriesSource source;
  private final SelectorReader selectors;
  private final QueryPool pool;

  public SeriesApi(SeriesSource source, SelectorReader selectors, QueryPool pool) {
    this.source = source;
    this.selectors = selectors;
    this.pool = pool;
  }

  public void addTo(Routes routes) {
    List<String> both = List.of("GET", "POST");
    Parameter needed = required("match[]", Parameter.Type.LIST, "Selectors, at least one");
    add(routes, both, "/api/v1/series", "Label sets of series", List.of(needed), this::series);
    add(routes, both, "/api/v1/labels", "Names of labels", List.of(MATCH), this::labels);
    add(
        routes,
        List.of("GET"),
        "/api/v1/label/{name}/values",
        "Values of a label",
        List.of(Parameter.path("name", "The label's, with U__ in front if escaped"), MATCH),
        this::values);
  }

  private static void add(
      Routes routes,
      List<String> methods,
      String path,
      String summary,
      List<Parameter> own,
      CallHandler handler) {
    List<Parameter> parameters = new ArrayList<>(own);
    parameters.addAll(COMMON);
    for (String method : methods) {
      routes.add(
          new Route(method, PathTemplate.of(path), Permission.QUERY, summary, parameters, handler));
    }
  }

  /// What all three calls have in common.
  private record Scope(List<List<Matcher>> selectors, long startMs, long endMs, int limit) {}

  private Reply series(Call call) {
    if (call.parameters("match[]").isEmpty()) {
      throw new ApiException(ApiError.badData("no match[] parameter provided"));
    }
    Scope scope = scope(call);
    List<Labels> found =
        union(scope, selector -> source.series(selector, scope.startMs, scope.endMs));
    return Envelope.success(
        json -> {
          json.beginArray();
          Envelope.limited(found, scope.limit).forEach(labels -> Envelope.labels(json, labels));
          json.endArray();
        },
        Envelope.warnings(found, scope.limit),
        List.of());
  }

  private Reply labels(Call call) {
    Scope scope = scope(call);
    return Envelope.successOf(
        union(scope, selector -> source.labelNames(selector, scope.startMs, scope.endMs)),
        scope.limit);
  }

  private Reply values(Call call) {
    String name = EscapedName.decode(call.path("name"));
    Scope scope = scope(call);
    return Envelope.successOf(
        union(scope, selector -> source.labelValues(name, selector, scope.startMs, scope.endMs)),
        scope.limit);
  }

  private Scope scope(Call call) {
    int limit = Parameters.limit(call);
    long startMs = Parameters.timeMs(call, "start", Parameters.EARLIEST_MS);
    long endMs = Parameters.timeMs(call, "end", Parameters.LATEST_MS);
    List<List<Matcher>> read = call.parameters("match[]").stream().map(this::selector).toList();
    return new Scope(read, startMs, endMs, limit);
  }

  private List<Matcher> selector(String text) {
    List<Matcher> matchers;
    try {
      matchers = selectors.read(text);
    } catch (QueryException.BadQuery bad) {
      throw Parameters.invalid("match[]", String.valueOf(bad.getMessage()));
    }
    if (matchers.stream().allMatch(Matcher::matchesEmpty)) {
      throw Parameters.invalid("match[]", "match[] must contain at least one non-empty matcher");
    }
    return matchers;
  }

  /// What any of the selectors finds, sorted, each once; without a selector what all series have.
  private <T extends Comparable<T>> List<T> union(
      Scope scope, Function<List<Matcher>, List<T>> read) {
    return pool.run(
        () -> {
          if (scope.selectors.size() <= 1) {
            return read.apply(scope.selectors.isEmpty() ? List.of() : scope.selectors.getFirst());
          }
          TreeSet<T> all = new TreeSet<>();
          scope.selectors.forEach(selector -> all.addAll(read.apply(selector)));
          return List.copyOf(all);
        });
  }
}
