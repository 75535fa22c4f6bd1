package dev.sightline.api.loki;

import static dev.sightline.api.http.Parameter.optional;
import static dev.sightline.api.http.Parameter.required;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.CallHandler;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.api.loki.LokiParameters.Span;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.model.query.LogAnswer;
import dev.sightline.model.query.LogQueries;
import dev.sightline.model.query.LogQueries.Options;
import dev.sightline.model.query.LogQueries.Range;
import dev.sightline.model.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Loki's query API: `query`, `query_range`, `format_query`, `index/volume`.
public final class LogQueryApi {
  static final long NS_PER_MS = 1_000_000;
  static final Parameter START =
      optional("start", Parameter.Type.STRING, "Unix nanoseconds, seconds or RFC 3339, included");
  static final Parameter END =
      optional("end", Parameter.Type.STRING, "Unix nanoseconds, seconds or RFC 3339; now");
  static final Parameter SINCE =
      optional("since", Parameter.Type.STRING, "How long before the end it starts, such as 1h");

  private static final String FLAGS = "X-Loki-Response-Encoding-Flags";
  private static final Parameter QUERY = required("query", Parameter.Type.STRING, "LogQL");
  private static final Parameter LIMIT =
      optional("limit", Parameter.Type.INTEGER, "The most lines; 100 where absent");
  private static final Parameter STEP =
      optional("step", Parameter.Type.STRING, "Between two values: seconds, or such as 15s");
  private static final int DEFAULT_LIMIT = 100;

  private final LogQueries queries;
  private final QueryPool pool;
  private final Clock clock;

  public LogQueryApi(LogQueries queries, QueryPool pool, Clock clock) {
    this.queries = queries;
    this.pool = pool;
    this.clock = clock;
  }

  public void addTo(Routes routes) {
    Parameter time = optional("time", Parameter.Type.STRING, "As start; now where absent");
    Parameter direction =
        optional("direction", Parameter.Type.STRING, "forward, or backward where absent");
    Parameter interval =
        optional("interval", Parameter.Type.STRING, "The least time between two lines");
    add(
        routes,
        "query",
        "The value of a log query at one moment",
        List.of(QUERY, time, LIMIT, direction),
        this::instant);
    Parameter cursor =
        optional("cursor", Parameter.Type.STRING, "Of the answer before; empty for the first page");
    add(
        routes,
        "query_range",
        "Log lines, or values made of them over time",
        List.of(QUERY, START, END, SINCE, STEP, interval, LIMIT, direction, cursor),
        this::range);
    add(routes, "format_query", "A log query in its plainest form", List.of(QUERY), this::format);
    Parameter targets =
        optional("targetLabels", Parameter.Type.STRING, "Labels to group by, with commas");
    List<Parameter> volume = List.of(QUERY, START, END, SINCE, LIMIT, targets);
    add(routes, "index/volume", "Bytes of log lines by labels", volume, this::volume);
    List<Parameter> volumeRange = List.of(QUERY, START, END, SINCE, STEP, LIMIT, targets);
    add(
        routes,
        "index/volume_range",
        "Bytes of log lines by labels over time",
        volumeRange,
        this::volumeRange);
  }

  /// A reading call, by either method.
  static void add(
      Routes routes, String name, String summary, List<Parameter> parameters, CallHandler handler) {
    PathTemplate path = PathTemplate.of("/loki/api/v1/" + name);
    CallHandler plain = LokiErrors.plain(handler);
    for (String method : List.of("GET", "POST")) {
      routes.add(new Route(method, path, Permission.QUERY, summary, parameters, plain));
    }
  }

  private Reply instant(Call call) {
    LokiParameters.limit(call, DEFAULT_LIMIT);
    LokiParameters.direction(call);
    long timeNs = LokiParameters.timeNs(call, "time", nowNs());
    String query = query(call);
    return reply(call, () -> queries.instant(query, timeNs, Options.DEFAULT));
  }

  private Reply range(Call call) {
    Span span = LokiParameters.span(call, nowNs(), Duration.ofHours(1));
    Duration interval = LokiParameters.duration(call, "interval");
    if (interval != null && interval.isNegative()) {
      throw LokiErrors.bad("interval must be >= 0");
    }
    Range range =
        new Range(
            span.startNs(),
            span.endNs(),
            LokiParameters.stepNs(call, span),
            interval == null ? 0 : interval.toNanos(),
            LokiParameters.limit(call, DEFAULT_LIMIT),
            LokiParameters.direction(call));
    String query = query(call);
    String cursor = call.parameter("cursor");
    return cursor == null
        ? reply(call, () -> queries.range(query, range, Options.DEFAULT))
        : page(call, query, range, PageCursor.parse(cursor));
  }

  private Reply page(Call call, String query, Range whole, @Nullable PageCursor cursor) {
    Range range = cursor == null ? whole : cursor.from(whole);
    int passed = cursor == null ? 0 : cursor.passed();
    LogAnswer answer = pool.run(call.waits(), () -> queries.range(query, range, Options.DEFAULT));
    if (!(answer.result() instanceof LogAnswer.Lines(List<LogAnswer.Entry> entries))) {
      throw LokiErrors.bad("only lines have pages");
    }
    PageCursor next = PageCursor.after(entries, range.limit());
    List<LogAnswer.Entry> shown = entries.subList(Math.min(passed, entries.size()), entries.size());
    LogAnswer page = new LogAnswer(new LogAnswer.Lines(shown), answer.stats());
    boolean categorized = isCategorized(call);
    return Reply.json(
        json -> LinesWriter.write(json, page, categorized, next == null ? "" : next.toString()));
  }

  private Reply format(Call call) {
    String formatted = queries.format(query(call));
    return Reply.json(
        json ->
            json.beginObject()
                .name("status")
                .value("success")
                .name("data")
                .value(formatted)
                .endObject());
  }

  private Reply volume(Call call) {
    Span span = LokiParameters.span(call, nowNs(), Duration.ofHours(1));
    long ms = Math.max(1, (span.endNs() - span.startNs()) / NS_PER_MS);
    String query =
        "topk(" + LokiParameters.limit(call, DEFAULT_LIMIT) + ", " + bytesBy(call, ms + "ms") + ")";
    return reply(call, () -> queries.instant(query, span.endNs(), Options.DEFAULT));
  }

  private Reply volumeRange(Call call) {
    Span span = LokiParameters.span(call, nowNs(), Duration.ofHours(1));
    long stepNs = LokiParameters.stepNs(call, span);
    String query = bytesBy(call, Math.max(1, stepNs / NS_PER_MS) + "ms");
    Range range =
        new Range(
            span.startNs(),
            span.endNs(),
            stepNs,
            0,
            DEFAULT_LIMIT,
            dev.sightline.model.log.LogSource.Direction.FORWARD);
    return reply(call, () -> queries.range(query, range, Options.DEFAULT));
  }

  /// By the labels that are asked for, or else those of the selector.
  private String bytesBy(Call call, String window) {
    String selector = queries.format(query(call));
    List<String> labels =
        queries.selector(selector).stream().map(matcher -> matcher.name()).distinct().toList();
    String asked = call.parameter("targetLabels");
    if (asked != null && !asked.isEmpty()) {
      labels = List.of(asked.split(","));
      for (String label : labels) {
        if (!label.matches("[a-zA-Z_][a-zA-Z0-9_]*")) {
          throw LokiErrors.bad("targetLabels: no name of a label: " + label);
        }
      }
    }
    return "sum by ("
        + String.join(", ", labels)
        + ") (bytes_over_time("
        + selector
        + "["
        + window
        + "]))";
  }

  private Reply reply(Call call, Supplier<LogAnswer> question) {
    boolean categorized = isCategorized(call);
    LogAnswer answer = pool.run(call.waits(), question);
    if (ParquetAnswer.isAskedFor(call)) {
      return ParquetAnswer.of(answer);
    }
    return Reply.json(json -> LinesWriter.write(json, answer, categorized));
  }

  /// Whether labels of single lines are wanted beside those lines.
  static boolean isCategorized(Call call) {
    String flags = call.header(FLAGS);
    return flags != null && flags.toLowerCase(Locale.ROOT).contains("categorize-labels");
  }

  private static String query(Call call) {
    String query = call.parameter("query");
    return query == null ? "" : query;
  }

  private long nowNs() {
    return clock.nowMs() * NS_PER_MS;
  }
}
