package dev.sightline.api.prometheus;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import java.util.List;

/// Reads the configuration again on request.
public final class LifecycleApi {
  private final Reload reload;

  /// Takes over the configuration as it is on disk now.
  @FunctionalInterface
  public interface Reload {
    /// @throws dev.sightline.api.http.ApiException if it cannot be used, with place and reason;
    ///   what was active stays so
    void run();
  }

  public LifecycleApi(Reload reload) {
    this.reload = reload;
  }

  public void addTo(Routes routes) {
    for (String method : List.of("POST", "PUT")) {
      routes.add(
          new Route(
              method,
              PathTemplate.of("/-/reload"),
              Permission.ADMIN,
              "Read the configuration files again",
              List.of(),
              _ -> {
                reload.run();
                return Reply.empty(200);
              }));
    }
  }
}
