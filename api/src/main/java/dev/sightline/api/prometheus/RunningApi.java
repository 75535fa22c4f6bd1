package dev.sightline.api.prometheus;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.model.query.RunningQueries;
import dev.sightline.model.query.RunningQueries.Running;
import dev.sightline.model.time.Clock;
import java.time.Instant;
import java.util.List;

/// The queries of metrics that run now: lists them, and ends one.
public final class RunningApi {
  private static final String PATH = "/api/v1/status/active_queries";

  private final RunningQueries queries;
  private final Clock clock;

  public RunningApi(RunningQueries queries, Clock clock) {
    this.queries = queries;
    this.clock = clock;
  }

  public void addTo(Routes routes) {
    routes.add(
        new Route(
            "GET",
            PathTemplate.of(PATH),
            Permission.QUERY,
            "The queries that run now",
            List.of(),
            _ -> list()));
    routes.add(
        new Route(
            "DELETE",
            PathTemplate.of(PATH + "/{id}"),
            Permission.ADMIN,
            "Ends a query that runs",
            List.of(Parameter.path("id", "Its number in the list")),
            this::end));
  }

  private Reply list() {
    List<Running> running = queries.running();
    long nowMs = clock.nowMs();
    return Envelope.success(
        json -> {
          json.beginArray();
          for (Running query : running) {
            json.beginObject().name("id").value(query.id()).name("query").value(query.query());
            json.name("started").value(Instant.ofEpochMilli(query.startedMs()).toString());
            json.name("elapsedSeconds").value((nowMs - query.startedMs()) / 1000.0).endObject();
          }
          json.endArray();
        });
  }

  private Reply end(Call call) {
    String id = call.path("id");
    if (!id.matches("[0-9]{1,18}") || !queries.end(Long.parseLong(id))) {
      throw new ApiException(ApiError.notFound("no query " + id + " runs now"));
    }
    return Reply.empty(204);
  }
}
