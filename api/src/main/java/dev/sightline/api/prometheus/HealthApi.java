package dev.sightline.api.prometheus;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.CallHandler;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Readiness;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import java.util.List;

/// Says whether the process lives, and whether it can answer yet.
public final class HealthApi {
  private final Readiness readiness;

  public HealthApi(Readiness readiness) {
    this.readiness = readiness;
  }

  public void addTo(Routes routes) {
    add(routes, "/-/healthy", "Whether the process lives", _ -> text(200, "healthy"));
    add(
        routes,
        "/-/ready",
        "Whether questions can be answered; 503 with the reason if not",
        _ ->
            readiness.isReady()
                ? text(200, "ready")
                : text(503, "not ready: " + readiness.waitingFor()).with("Retry-After", "1"));
  }

  private static Reply text(int status, String state) {
    return Reply.text(status, "Sightline is " + state + ".\n");
  }

  private static void add(Routes routes, String path, String summary, CallHandler handler) {
    routes.add(
        new Route("GET", PathTemplate.of(path), Permission.NONE, summary, List.of(), handler));
  }
}
