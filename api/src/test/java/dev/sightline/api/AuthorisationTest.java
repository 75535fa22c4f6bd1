package dev.sightline.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.auth.ApiToken;
import dev.sightline.api.auth.AuthConfig;
import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.HttpLimits;
import dev.sightline.api.http.Pages;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.testkit.Golden;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Calls every route of the table with every kind of credentials, and compares with the table that
/// is checked in: a new route does not pass before someone has written down who may call it.
class AuthorisationTest {
  private static final AuthConfig AUTH =
      new AuthConfig(
          List.of(
              token("query", Permission.QUERY),
              token("write", Permission.WRITE),
              token("admin", Permission.ADMIN)),
          List.of());

  private static ApiToken token(String secret, Permission scope) {
    return ApiToken.ofSecret(secret, secret, Set.of(scope));
  }

  private static Map<String, String> callers() {
    Map<String, String> callers = new LinkedHashMap<>();
    callers.put("nobody", "");
    callers.put("wrong", "Bearer wrong");
    callers.put("query", "Bearer query");
    callers.put("write", "Bearer write");
    callers.put("admin", "Bearer admin");
    return callers;
  }

  /// The routes as they are, but each answers 200 at once.
  private static Routes harmless(Routes real) {
    Routes harmless = new Routes();
    for (Route route : real.list()) {
      harmless.add(
          new Route(
              route.method(),
              route.path(),
              route.permission(),
              route.summary(),
              route.parameters(),
              _ -> Reply.empty(200)));
    }
    return harmless;
  }

  @Test
  void everyRouteAdmitsWhoTheTableSays() {
    Routes routes = AllRoutes.create();
    StringBuilder table = new StringBuilder("route | " + String.join(" | ", callers().keySet()));
    Pages pages = new Pages(getClass().getClassLoader(), "pages", "/");
    try (TestServer server = new TestServer(harmless(routes), AUTH, HttpLimits.DEFAULT, pages)) {
      for (Route route : routes.list()) {
        String path = route.path().toString().replaceAll("\\{[^}]*}", "x");
        table.append('\n').append(route);
        callers().values().forEach(who -> append(table, server, route.method(), path, who));
      }
      table.append("\nGET (pages)");
      callers().values().forEach(who -> append(table, server, "GET", "/explore", who));
    }
    Golden.check("authorisation.txt", table.append('\n').toString());
  }

  private static void append(
      StringBuilder table, TestServer server, String method, String path, String who) {
    HttpRequest.Builder request = server.to(path).method(method, BodyPublishers.noBody());
    if (!who.isEmpty()) {
      request.header("Authorization", who);
    }
    table.append(" | ").append(server.send(request).statusCode());
  }

  @Test
  void theApiDocumentHasEveryRouteAndNoOther() {
    Routes routes = AllRoutes.create();
    try (TestServer server = new TestServer(routes)) {
      String document = server.get("/api/openapi.json").body();
      long operations = document.split("\"x-permission\"", -1).length - 1L;
      assertThat(operations).isEqualTo(routes.list().size());
      for (Route route : routes.list()) {
        assertThat(document).contains("\"" + route.path() + "\":{").contains(route.summary());
      }
    }
  }
}
