package dev.sightline.api.loki;

import static dev.sightline.api.http.Parameter.optional;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.api.json.JsonBody;
import dev.sightline.api.loki.LokiParameters.Span;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LineCounts;
import dev.sightline.model.log.LogSource;
import dev.sightline.model.query.LogQueries;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Loki's API about which streams there are: `labels`, `label/…/values`, `series`, `index/stats`,
/// and what is running.
public final class StreamsApi {
  /// Clients such as Grafana read the version to learn what they may ask for.
  private static final String SPEAKS_LIKE_LOKI = "3.6.0";

  private static final Duration DEFAULT_SPAN = Duration.ofHours(6);
  private static final Parameter SELECTOR =
      optional("query", Parameter.Type.STRING, "A selector that streams must match");
  private static final List<Parameter> SPAN =
      List.of(LogQueryApi.START, LogQueryApi.END, LogQueryApi.SINCE);

  private final LogSource source;
  private final LogQueries queries;
  private final QueryPool pool;
  private final Clock clock;
  private final String version;

  /// @param version of this program
  public StreamsApi(
      LogSource source, LogQueries queries, QueryPool pool, Clock clock, String version) {
    this.source = source;
    this.queries = queries;
    this.pool = pool;
    this.clock = clock;
    this.version = version;
  }

  public void addTo(Routes routes) {
    List<Parameter> narrowed = with(SELECTOR);
    for (String name : List.of("labels", "label")) {
      LogQueryApi.add(routes, name, "Names of labels of streams", narrowed, this::labels);
    }
    List<Parameter> ofLabel = new ArrayList<>(List.of(Parameter.path("name", "The label's")));
    ofLabel.addAll(narrowed);
    LogQueryApi.add(
        routes, "label/{name}/values", "Values of a label of streams", ofLabel, this::values);
    Parameter match = optional("match[]", Parameter.Type.LIST, "Selectors; none for all streams");
    LogQueryApi.add(routes, "series", "Label sets of streams", with(match), this::series);
    LogQueryApi.add(routes, "index/stats", "How much a selector finds", narrowed, this::stats);
    routes.add(
        new Route(
            "GET",
            PathTemplate.of("/loki/api/v1/status/buildinfo"),
            Permission.QUERY,
            "Version",
            List.of(),
            _ -> buildInfo()));
    routes.add(
        new Route(
            "GET",
            PathTemplate.of("/loki/api/v1/drilldown-limits"),
            Permission.QUERY,
            "Limits that explorers of logs ask for",
            List.of(),
            _ -> drilldownLimits()));
  }

  private static List<Parameter> with(Parameter first) {
    List<Parameter> parameters = new ArrayList<>(List.of(first));
    parameters.addAll(SPAN);
    return parameters;
  }

  private Reply labels(Call call) {
    Span span = span(call);
    List<Matcher> matchers = selector(call);
    return texts(
        pool.run(call.waits(), () -> source.labelNames(matchers, span.startNs(), span.endNs())));
  }

  private Reply values(Call call) {
    Span span = span(call);
    List<Matcher> matchers = selector(call);
    String name = call.path("name");
    return texts(
        pool.run(
            call.waits(), () -> source.labelValues(name, matchers, span.startNs(), span.endNs())));
  }

  private Reply series(Call call) {
    Span span = span(call);
    List<String> selectors = new ArrayList<>(call.parameters("match[]"));
    selectors.addAll(call.parameters("match"));
    List<List<Matcher>> read =
        selectors.isEmpty()
            ? List.of(List.of())
            : selectors.stream().map(queries::selector).toList();
    TreeSet<Labels> found =
        pool.run(
            call.waits(),
            () -> {
              TreeSet<Labels> all = new TreeSet<>();
              read.forEach(
                  matchers -> all.addAll(source.streams(matchers, span.startNs(), span.endNs())));
              return all;
            });
    return success(
        json -> {
          json.beginArray();
          found.forEach(labels -> LinesWriter.labels(json, labels));
          json.endArray();
        });
  }

  /// What a selector finds.
  private record Volume(int streams, long entries, long bytes) {}

  private Reply stats(Call call) {
    Span span = span(call);
    List<Matcher> matchers = selector(call);
    Volume volume = pool.run(call.waits(), () -> volume(matchers, span));
    return Reply.json(
        json ->
            json.beginObject()
                .name("streams")
                .value(volume.streams)
                .name("chunks")
                .value(volume.streams)
                .name("entries")
                .value(volume.entries)
                .name("bytes")
                .value(volume.bytes)
                .endObject());
  }

  private Volume volume(List<Matcher> matchers, Span span) {
    long endByNs = clock.monotonicNs() + LogQueries.Options.DEFAULT.timeout().toNanos();
    int streams = 0;
    long entries = 0;
    long bytes = 0;
    LogSource.Request request =
        new LogSource.Request(
            matchers, span.startNs(), span.endNs(), LogSource.Direction.FORWARD, List.of());
    try (LogSource.Selection selection = source.select(request)) {
      for (LogSource.SelectedStream stream : selection.streams()) {
        Sum sum = new Sum();
        stream.count(Set.of(), sum);
        entries += sum.lines;
        bytes += sum.bytes;
        streams += sum.lines > 0 ? 1 : 0;
        if (clock.monotonicNs() > endByNs) {
          throw new QueryException.TimedOut("the lines could not be counted in time");
        }
      }
    }
    return new Volume(streams, entries, bytes);
  }

  /// Lines of all times together.
  private static final class Sum implements LineCounts {
    private long lines;
    private long bytes;

    @Override
    public int slotOf(long timestampNs) {
      return 0;
    }

    @Override
    public void add(int slot, Labels metadata, long more, long lineBytes) {
      lines += more;
      bytes += lineBytes;
    }
  }

  /// What Grafana's explorer of logs asks before it begins.
  private static Reply drilldownLimits() {
    return Reply.json(
        json ->
            json.beginObject()
                .name("limits")
                .beginObject()
                .name("discover_log_levels")
                .value(true)
                .name("discover_service_name")
                .beginArray()
                .endArray()
                .name("log_level_fields")
                .beginArray()
                .value("level")
                .value("severity")
                .endArray()
                .name("max_entries_limit_per_query")
                .value(5_000)
                .name("max_line_size_truncate")
                .value(false)
                .name("max_query_bytes_read")
                .value("0B")
                .name("max_query_length")
                .value("30d1h")
                .name("max_query_lookback")
                .value("0s")
                .name("max_query_range")
                .value("0s")
                .name("max_query_series")
                .value(500)
                .name("metric_aggregation_enabled")
                .value(false)
                .name("otlp_config")
                .beginObject()
                .endObject()
                .name("pattern_persistence_enabled")
                .value(false)
                .name("query_timeout")
                .value("1m")
                .name("retention_period")
                .value("0s")
                .name("retention_stream")
                .beginArray()
                .endArray()
                .name("volume_enabled")
                .value(true)
                .name("volume_max_series")
                .value(1_000)
                .endObject()
                .name("pattern_ingester_enabled")
                .value(true)
                .name("version")
                .value(SPEAKS_LIKE_LOKI)
                .name("maxDetectedFields")
                .value(1_000)
                .name("maxDetectedValues")
                .value(1_000)
                .name("maxLabelValues")
                .value(10_000)
                .name("maxLines")
                .value(5_000)
                .endObject());
  }

  private Reply buildInfo() {
    return Reply.json(
        json ->
            json.beginObject()
                .name("version")
                .value(SPEAKS_LIKE_LOKI + "+sightline." + version)
                .name("revision")
                .value("")
                .name("branch")
                .value("")
                .name("buildUser")
                .value("")
                .name("buildDate")
                .value("")
                .name("goVersion")
                .value("")
                .endObject());
  }

  private Span span(Call call) {
    long nowNs = clock.nowMs() * LogQueryApi.NS_PER_MS;
    return LokiParameters.span(call, nowNs, DEFAULT_SPAN);
  }

  private List<Matcher> selector(Call call) {
    String text = call.parameter("query");
    return text == null || text.isEmpty() ? List.of() : queries.selector(text);
  }

  private static Reply texts(List<String> texts) {
    return success(
        json -> {
          json.beginArray();
          texts.forEach(json::value);
          json.endArray();
        });
  }

  private static Reply success(JsonBody data) {
    return Reply.json(
        json -> {
          json.beginObject().name("status").value("success").name("data");
          data.writeTo(json);
          json.endObject();
        });
  }
}
