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
import dev.sightline.api.json.JsonWriter;
import dev.sightline.model.query.Answer;
import dev.sightline.model.query.MetricQueries;
import dev.sightline.model.query.MetricQueries.Options;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Prometheus's query API: `query` and `query_range`.
public final class QueryApi {
  private static final long MAX_POINTS = 11_000;

  private static final Parameter QUERY = required("query", Parameter.Type.STRING, "PromQL");
  private static final List<Parameter> COMMON =
      List.of(
          optional(
              "timeout", Parameter.Type.STRING, "After which the query is given up, such as 30s"),
          optional("limit", Parameter.Type.INTEGER, "Of elements or series; 0 for all"),
          optional(
              "lookback_delta", Parameter.Type.STRING, "How far back a sample counts, such as 5m"),
          optional("stats", Parameter.Type.STRING, "Anything, to be told what the answer took"));

  private final MetricQueries queries;
  private final QueryPool pool;
  private final Clock clock;

  public QueryApi(MetricQueries queries, QueryPool pool, Clock clock) {
    this.queries = queries;
    this.pool = pool;
    this.clock = clock;
  }

  public void addTo(Routes routes) {
    List<Parameter> instant = new ArrayList<>(List.of(QUERY));
    instant.add(optional("time", Parameter.Type.STRING, "RFC 3339 or seconds; now where absent"));
    instant.addAll(COMMON);
    add(routes, "/api/v1/query", "The value of a query at one moment", instant, this::instant);

    List<Parameter> range = new ArrayList<>(List.of(QUERY));
    range.add(required("start", Parameter.Type.STRING, "RFC 3339 or seconds, included"));
    range.add(required("end", Parameter.Type.STRING, "RFC 3339 or seconds, included"));
    range.add(
        required("step", Parameter.Type.STRING, "Between two points: seconds, or such as 15s"));
    range.addAll(COMMON);
    add(routes, "/api/v1/query_range", "The values of a query over time", range, this::range);
  }

  private static void add(
      Routes routes, String path, String summary, List<Parameter> of, CallHandler handler) {
    PathTemplate template = PathTemplate.of(path);
    for (String method : List.of("GET", "POST")) {
      routes.add(new Route(method, template, Permission.QUERY, summary, of, handler));
    }
  }

  private Reply instant(Call call) {
    int limit = Parameters.limit(call);
    long timeMs = Parameters.timeMs(call, "time", clock.nowMs());
    Options options = options(call);
    String query = query(call);
    return reply(call, () -> queries.instant(query, timeMs, options), limit);
  }

  private Reply range(Call call) {
    int limit = Parameters.limit(call);
    long startMs = Parameters.requiredTimeMs(call, "start");
    long endMs = Parameters.requiredTimeMs(call, "end");
    if (endMs < startMs) {
      throw Parameters.invalid("end", "end timestamp must not be before start time");
    }
    Duration step = Parameters.requiredDuration(call, "step");
    if (step.isNegative() || step.isZero()) {
      throw Parameters.invalid(
          "step",
          "zero or negative query resolution step widths are not accepted. Try a positive integer");
    }
    long stepMs = Math.max(1, step.toMillis());
    if ((endMs - startMs) / stepMs > MAX_POINTS) {
      throw new ApiException(
          ApiError.badData(
              "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the"
                  + " query resolution (?step=XX)"));
    }
    Options options = options(call);
    String query = query(call);
    return reply(call, () -> queries.range(query, startMs, endMs, stepMs, options), limit);
  }

  private Reply reply(Call call, Supplier<Answer> question, int limit) {
    Answer answer = ask(call, question);
    List<String> warnings = new ArrayList<>(answer.warnings());
    if (limit > 0 && ResultWriter.size(answer.result()) > limit) {
      warnings.add(Envelope.TRUNCATED);
    }
    String stats = call.parameter("stats");
    boolean tellsCost = stats != null && !stats.isEmpty();
    return Envelope.success(
        json -> {
          json.beginObject();
          ResultWriter.members(json, answer.result(), limit);
          if (tellsCost) {
            cost(json, answer.cost());
          }
          json.endObject();
        },
        warnings,
        answer.infos());
  }

  /// What an answer took, under Prometheus's names. Values in memory at once are what is held, at
  /// eight bytes each.
  private static void cost(JsonWriter json, Answer.Cost cost) {
    double seconds = cost.elapsed().toNanos() / 1e9;
    json.name("stats").beginObject().name("timings").beginObject();
    json.name("evalTotalTime").value(seconds);
    json.name("resultSortTime").value(0.0);
    json.name("queryPreparationTime").value(0.0);
    json.name("innerEvalTime").value(seconds);
    json.name("execQueueTime").value(0.0);
    json.name("execTotalTime").value(seconds).endObject();
    json.name("samples").beginObject();
    json.name("totalQueryableSamples").value(cost.samples());
    json.name("samplesRead").value(cost.samples());
    json.name("peakSamples").value(cost.heldBytes() / 8).endObject();
    json.endObject();
  }

  /// Prometheus names the parameter in front of what is wrong with a query's text.
  private Answer ask(Call call, Supplier<Answer> question) {
    try {
      return pool.run(call.waits(), question);
    } catch (QueryException.BadQuery bad) {
      throw Parameters.invalid("query", String.valueOf(bad.getMessage()));
    }
  }

  private static String query(Call call) {
    String query = call.parameter("query");
    return query == null ? "" : query;
  }

  private static Options options(Call call) {
    Duration timeout = Options.DEFAULT.timeout();
    String asked = call.parameter("timeout");
    if (asked != null && !asked.isEmpty()) {
      Duration wanted = Parameters.requiredDuration(call, "timeout");
      timeout = wanted.compareTo(timeout) < 0 ? wanted : timeout;
    }
    Duration lookback = lookback(call);
    return new Options(
        timeout.isNegative() ? Duration.ZERO : timeout,
        lookback.isPositive() ? lookback : Options.DEFAULT.lookback());
  }

  /// @return zero where it is absent
  private static Duration lookback(Call call) {
    String text = call.parameter("lookback_delta");
    if (text == null || text.isEmpty()) {
      return Duration.ZERO;
    }
    try {
      return Parameters.duration(text);
    } catch (IllegalArgumentException bad) {
      throw new ApiException(
          ApiError.badData("error parsing lookback delta duration: " + bad.getMessage()));
    }
  }
}
