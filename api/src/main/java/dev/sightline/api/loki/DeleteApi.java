package dev.sightline.api.loki;

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
import dev.sightline.model.log.LogDeletions;
import dev.sightline.model.log.LogDeletions.Deletion;
import dev.sightline.model.time.Clock;
import java.util.List;

/// Loki's `delete`: has log lines removed, and tells how far that is.
public final class DeleteApi {
  private static final long NS_PER_S = 1_000_000_000L;

  private final LogDeletions deletions;
  private final Clock clock;

  public DeleteApi(LogDeletions deletions, Clock clock) {
    this.deletions = deletions;
    this.clock = clock;
  }

  public void addTo(Routes routes) {
    List<Parameter> which =
        List.of(
            required("query", Parameter.Type.STRING, "LogQL that yields the lines to delete"),
            required("start", Parameter.Type.STRING, "Unix seconds, nanoseconds or RFC 3339"),
            optional("end", Parameter.Type.STRING, "As start, included; now where absent"),
            optional("max_interval", Parameter.Type.STRING, "Has no meaning here"));
    add(routes, "POST", Permission.ADMIN, "Deletes log lines", which, this::delete);
    add(routes, "PUT", Permission.ADMIN, "Deletes log lines", which, this::delete);
    add(routes, "GET", Permission.QUERY, "Deletions of log lines", List.of(), _ -> list());
    List<Parameter> one =
        List.of(
            required("request_id", Parameter.Type.STRING, "The deletion's"),
            optional("force", Parameter.Type.BOOLEAN, "Also when it has begun"));
    add(routes, "DELETE", Permission.ADMIN, "Takes a deletion back", one, this::cancel);
  }

  private static void add(
      Routes routes,
      String method,
      Permission permission,
      String summary,
      List<Parameter> parameters,
      CallHandler handler) {
    PathTemplate path = PathTemplate.of("/loki/api/v1/delete");
    routes.add(new Route(method, path, permission, summary, parameters, LokiErrors.plain(handler)));
  }

  private Reply delete(Call call) {
    String query = call.parameter("query");
    if (query == null || query.isEmpty()) {
      throw LokiErrors.bad("query not set");
    }
    String start = call.parameter("start");
    if (start == null || start.isEmpty()) {
      throw LokiErrors.bad("start time not set");
    }
    long nowNs = clock.nowMs() * LogQueryApi.NS_PER_MS;
    long startNs = LokiParameters.timeNs(call, "start", nowNs);
    long endNs = LokiParameters.timeNs(call, "end", nowNs);
    if (startNs > endNs) {
      throw LokiErrors.bad("start time can't be greater than end time");
    }
    if (endNs > nowNs) {
      throw LokiErrors.bad("deletes in the future are not allowed");
    }
    deletions.delete(query, startNs, endNs + 1);
    return Reply.empty(204);
  }

  private Reply list() {
    List<Deletion> all = deletions.deletions();
    return Reply.json(
        json -> {
          json.beginArray();
          all.forEach(deletion -> write(json, deletion));
          json.endArray();
        });
  }

  private static void write(JsonWriter json, Deletion deletion) {
    json.beginObject()
        .name("request_id")
        .value(deletion.id())
        .name("start_time")
        .value(deletion.startNs() / NS_PER_S)
        .name("end_time")
        .value((deletion.endNs() - 1) / NS_PER_S)
        .name("query")
        .value(deletion.query())
        .name("status")
        .value(status(deletion))
        .name("created_at")
        .value(deletion.createdMs() / 1_000);
    if (!deletion.trouble().isEmpty()) {
      json.name("trouble").value(deletion.trouble());
    }
    json.endObject();
  }

  /// In Loki's words.
  private static String status(Deletion deletion) {
    return switch (deletion.state()) {
      case HIDDEN -> "received";
      case RUNNING -> 100L * deletion.blocksDone() / Math.max(1, deletion.blocks()) + "% Complete";
      case GONE -> "processed";
    };
  }

  private Reply cancel(Call call) {
    String id = call.parameter("request_id");
    if (id == null || id.isEmpty()) {
      throw LokiErrors.bad("request_id not set");
    }
    return switch (deletions.cancel(id, "true".equals(call.parameter("force")))) {
      case DONE -> Reply.empty(204);
      case UNKNOWN ->
          throw new ApiException(
              new ApiError(404, "not_found", "could not find delete request with given id"));
      case TOO_LATE ->
          throw LokiErrors.bad(
              "deletion of request which is in process or already processed is not allowed");
    };
  }
}
