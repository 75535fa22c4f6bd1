package dev.sightline.api.admin;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.Limit;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.api.json.JsonWriter;
import java.util.List;

/// Lists the limits that are in force, so that nobody has to find them by running into them.
public final class LimitsApi {
  private final List<Limit> limits;

  public LimitsApi(List<Limit> limits) {
    this.limits = List.copyOf(limits);
  }

  public void addTo(Routes routes) {
    routes.add(
        new Route(
            "GET",
            PathTemplate.of("/api/v1/status/limits"),
            Permission.QUERY,
            "The limits in force",
            List.of(),
            _ -> Reply.json(this::writeTo)));
  }

  private void writeTo(JsonWriter json) {
    json.beginObject().name("status").value("success").name("data").beginArray();
    for (Limit limit : limits) {
      json.beginObject().name("name").value(limit.name()).name("value").value(limit.value());
      if (!limit.unit().isEmpty()) {
        json.name("unit").value(limit.unit());
      }
      json.endObject();
    }
    json.endArray().endObject();
  }
}
