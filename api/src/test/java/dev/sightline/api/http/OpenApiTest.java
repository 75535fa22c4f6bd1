package dev.sightline.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.api.TestServer;
import dev.sightline.api.auth.Permission;
import dev.sightline.testkit.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static Route route(String method, String path, Permission permission, Parameter... of) {
    return new Route(
        method, PathTemplate.of(path), permission, "Does it", List.of(of), _ -> Reply.empty(204));
  }

  @Test
  void describesEveryRoute() {
    Routes routes = new Routes();
    new OpenApi(routes, "0.1.0").addTo(routes);
    Parameter name = Parameter.path("name", "Of the thing");
    Parameter match = Parameter.optional("match[]", Parameter.Type.LIST, "Selectors");
    routes.add(route("GET", "/things/{name}", Permission.QUERY, name, match));
    routes.add(route("POST", "/things/{name}", Permission.WRITE, name));
    routes.add(route("GET", "/-/healthy", Permission.NONE));
    try (TestServer server = new TestServer(routes)) {
      Golden.check("openapi.json", server.get("/api/openapi.json").body() + "\n");
    }
  }

  @Test
  void refusesRoutesThatContradictThemselvesOrOthers() {
    assertThatThrownBy(() -> route("GET", "/things/{name}", Permission.QUERY))
        .hasMessageContaining("documents the path parameters []");
    assertThatThrownBy(() -> route("GET", "/things", Permission.WRITE))
        .hasMessageContaining("must not change anything");
    Routes routes = new Routes().add(route("GET", "/a/b", Permission.QUERY));
    Parameter any = Parameter.path("any", "");
    Route colliding = route("GET", "/a/{any}", Permission.QUERY, any);
    assertThatThrownBy(() -> routes.add(colliding)).hasMessageContaining("collides");
    assertThat(routes.list()).hasSize(1);
  }
}
