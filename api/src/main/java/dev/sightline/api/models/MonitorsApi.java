package dev.sightline.api.models;

import static dev.sightline.api.http.Parameter.optional;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.CallHandler;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Routes;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.time.Clock;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.watch.Monitor;
import dev.sightline.quality.watch.MonitorReader;
import dev.sightline.quality.watch.Outcome;
import dev.sightline.quality.watch.WatchedModels;
import dev.sightline.wire.serving.JsonDatum;
import dev.sightline.wire.serving.PayloadException;
import dev.sightline.wire.yaml.ConfigException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Our own API about monitors: what is looked at in a model window by window, and what was found.
public final class MonitorsApi {
  private static final String ROOT = ModelsApi.ROOT + "/{model}/monitors";
  private static final Duration USUAL_SPAN = Duration.ofDays(7);
  private static final int MOST_OUTCOMES = 5_000;
  private static final int LONGEST_DEFINITION = 100_000;
  private static final Parameter NAME = Parameter.path("name", "Name of the monitor");
  private static final List<Parameter> SPAN =
      List.of(
          NAME,
          optional(
              "start", Parameter.Type.STRING, "RFC 3339 or epoch milliseconds; 7 days before end"),
          optional("end", Parameter.Type.STRING, "RFC 3339 or epoch milliseconds; now"),
          optional("timeout", Parameter.Type.STRING, "After which it is given up, such as 30s"));

  private final WatchedModels monitors;
  private final KnownModels models;
  private final QueryPool pool;
  private final QualityParameters shared;
  private final Clock clock;

  /// @param configured models, by name; asked at each call
  public MonitorsApi(
      WatchedModels monitors,
      PredictionSource source,
      QueryPool pool,
      Supplier<Set<String>> configured,
      Clock clock) {
    this.monitors = monitors;
    this.models = new KnownModels(source, configured);
    this.pool = pool;
    this.shared = new QualityParameters(clock, () -> 1);
    this.clock = clock;
  }

  public void addTo(Routes routes) {
    List<Parameter> history = new ArrayList<>(SPAN);
    history.add(optional("limit", Parameter.Type.INTEGER, "The newest so many; 1000 where absent"));
    add(routes, "GET ", "", Permission.QUERY, "Monitors with what was found last", this::list);
    add(routes, "GET ", "/{name}", Permission.QUERY, "One monitor", this::find, NAME);
    add(
        routes,
        "PUT ",
        "/{name}",
        Permission.WRITE,
        "Keep a monitor; those of the configuration cannot be changed",
        this::put,
        NAME);
    add(routes, "DELETE ", "/{name}", Permission.WRITE, "Forget a monitor", this::delete, NAME);
    add(
        routes,
        "POST ",
        "/{name}/run",
        Permission.WRITE,
        "Look now, at the rows up to now",
        this::run,
        NAME);
    add(
        routes,
        "POST ",
        "/{name}/preview",
        Permission.QUERY,
        "What the monitor in the body would have said of the windows of a span; nothing is kept",
        this::preview,
        SPAN.toArray(Parameter[]::new));
    add(
        routes,
        "GET ",
        "/{name}/history",
        Permission.QUERY,
        "What was found of the windows that end in a span",
        this::history,
        history.toArray(Parameter[]::new));
  }

  private static void add(
      Routes routes,
      String method,
      String path,
      Permission permission,
      String summary,
      CallHandler handler,
      Parameter... parameters) {
    List<Parameter> all = new ArrayList<>(List.of(ModelsApi.MODEL));
    all.addAll(List.of(parameters));
    ModelsApi.add(
        routes, method + ROOT + path, permission, summary, handler, all.toArray(Parameter[]::new));
  }

  private Reply list(Call call) {
    String model = models.known(call.path("model"));
    List<Monitor> found = monitors.list(model);
    return Reply.json(
        json -> {
          json.beginObject().name("monitors").beginArray();
          found.forEach(one -> MonitorWriter.write(json, one, monitors.newest(model, one.name())));
          json.endArray().endObject();
        });
  }

  private Reply find(Call call) {
    Monitor monitor = known(call);
    Outcome newest = monitors.newest(monitor.model(), monitor.name());
    return Reply.json(json -> MonitorWriter.write(json, monitor, newest));
  }

  private Monitor known(Call call) {
    String model = models.known(call.path("model"));
    String name = call.path("name");
    Monitor found = monitors.find(model, name);
    if (found == null) {
      throw new ApiException(
          ApiError.notFound("model \"" + model + "\" has no monitor \"" + name + "\""));
    }
    return found;
  }

  private Reply put(Call call) {
    String text = text(call);
    Monitor monitor = sent(call, text);
    Monitor before = monitors.find(monitor.model(), monitor.name());
    if (before != null) {
      checkChangeable(before);
    }
    try {
      boolean fresh = monitors.put(monitor, text);
      return Reply.json(fresh ? 201 : 200, json -> MonitorWriter.write(json, monitor, null));
    } catch (IllegalArgumentException tooMany) {
      throw new ApiException(ApiError.badData(String.valueOf(tooMany.getMessage())));
    }
  }

  private static String text(Call call) {
    byte[] body = call.body();
    if (body.length > LONGEST_DEFINITION) {
      throw new ApiException(
          ApiError.tooLarge("a monitor has at most " + LONGEST_DEFINITION + " bytes"));
    }
    try {
      JsonDatum.read(body);
    } catch (PayloadException bad) {
      throw new ApiException(ApiError.badData(String.valueOf(bad.getMessage())));
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  private Monitor sent(Call call, String text) {
    String model = models.known(call.path("model"));
    try {
      return MonitorReader.read(text, model, call.path("name"));
    } catch (ConfigException bad) {
      throw new ApiException(ApiError.badData(String.valueOf(bad.getMessage())));
    }
  }

  private static void checkChangeable(Monitor monitor) {
    if (monitor.configured()) {
      throw new ApiException(
          new ApiError(
              409,
              "conflict",
              "monitor \""
                  + monitor.name()
                  + "\" stands in the configuration, under quality.monitors; change it there"));
    }
  }

  private Reply delete(Call call) {
    Monitor monitor = known(call);
    checkChangeable(monitor);
    monitors.delete(monitor.model(), monitor.name());
    return Reply.empty(204);
  }

  private Reply run(Call call) {
    Monitor monitor = known(call);
    Deadline deadline = shared.deadline(call);
    Outcome outcome = pool.run(() -> monitors.run(monitor.model(), monitor.name(), deadline));
    return Reply.json(json -> MonitorWriter.write(json, outcome));
  }

  private Reply preview(Call call) {
    Monitor monitor = sent(call, text(call));
    long endMs = ListParameters.timeMs(call, "end", clock.nowMs());
    long startMs = startMs(call, endMs);
    Deadline deadline = shared.deadline(call);
    List<Outcome> outcomes = pool.run(() -> monitors.preview(monitor, startMs, endMs, deadline));
    return Reply.json(json -> MonitorWriter.history(json, monitor, outcomes));
  }

  private static long startMs(Call call, long endMs) {
    long startMs = ListParameters.timeMs(call, "start", endMs - USUAL_SPAN.toMillis());
    if (startMs > endMs) {
      throw new ApiException(ApiError.badData("end: must not be before start"));
    }
    return startMs;
  }

  private Reply history(Call call) {
    Monitor monitor = known(call);
    long endMs = ListParameters.timeMs(call, "end", clock.nowMs());
    long startMs = startMs(call, endMs);
    int limit = (int) QualityParameters.number(call, "limit", 1_000, 1, MOST_OUTCOMES);
    List<Outcome> outcomes =
        monitors.history(monitor.model(), monitor.name(), startMs, endMs, limit);
    return Reply.json(json -> MonitorWriter.history(json, monitor, outcomes));
  }
}
