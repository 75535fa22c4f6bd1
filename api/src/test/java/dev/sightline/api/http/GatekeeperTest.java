package dev.sightline.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.TestServer;
import dev.sightline.api.auth.ApiToken;
import dev.sightline.api.auth.AuthConfig;
import dev.sightline.api.auth.Permission;
import dev.sightline.api.auth.User;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatekeeperTest {
  private static final String BASIC =
      "Basic "
          + Base64.getEncoder()
              .encodeToString("ann:correct horse".getBytes(StandardCharsets.UTF_8));

  private TestServer closed;
  private TestServer open;

  @BeforeAll
  void open() {
    AuthConfig auth =
        new AuthConfig(
            List.of(ApiToken.ofSecret("writer", "w", Set.of(Permission.WRITE))),
            List.of(
                new User(
                    "ann",
                    "$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e",
                    Set.of(Permission.WRITE))));
    closed = new TestServer(routes(), auth, HttpLimits.DEFAULT, null);
    open = new TestServer(routes());
  }

  private static Routes routes() {
    Routes routes = new Routes();
    add(routes, "GET", "/public", Permission.NONE);
    add(routes, "POST", "/read", Permission.QUERY);
    add(routes, "POST", "/change", Permission.WRITE);
    return routes;
  }

  private static void add(Routes routes, String method, String path, Permission permission) {
    routes.add(
        new Route(
            method,
            PathTemplate.of(path),
            permission,
            "",
            List.of(),
            call -> Reply.text(200, call.caller().name())));
  }

  @AfterAll
  void close() {
    closed.close();
    open.close();
  }

  private static HttpResponse<String> post(TestServer server, String path, String... headers) {
    HttpRequest.Builder request = server.to(path).POST(BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return server.send(request);
  }

  private static void check(TestServer server, int status, String path, String... headers) {
    assertThat(post(server, path, headers).statusCode())
        .as(path + " " + String.join(" ", headers))
        .isEqualTo(status);
  }

  @Test
  void deniesByDefaultAndSaysHowToAsk() {
    assertThat(closed.get("/public").statusCode()).isEqualTo(200);
    HttpResponse<String> reply = post(closed, "/change");
    assertThat(reply.statusCode()).isEqualTo(401);
    assertThat(reply.headers().firstValue("WWW-Authenticate"))
        .hasValue("Basic realm=\"Sightline\", charset=\"UTF-8\"");
    assertThat(reply.body()).contains("scope write");
    check(closed, 401, "/change", "Authorization", "Bearer wrong");
    check(closed, 403, "/read", "Authorization", "Bearer w");
    check(closed, 200, "/change", "Authorization", "Bearer w");
    check(closed, 200, "/change", "Authorization", BASIC);
  }

  @Test
  void pathTricksDoNotChangeWhatIsAllowed() {
    for (String path : List.of("/change/", "/CHANGE", "/change;x", "/change%20", "/{x}")) {
      String target = path.replace("{", "%7B").replace("}", "%7D");
      assertThat(post(closed, target).statusCode()).as(path).isEqualTo(404);
    }
    check(closed, 401, "/%63hange");
    check(closed, 401, "/change?_method=GET", "X-HTTP-Method-Override", "GET");
    assertThat(closed.get("/change").statusCode()).isEqualTo(405);
  }

  @Test
  void pagesOfOtherSitesChangeNothing() {
    for (TestServer server : List.of(open, closed)) {
      String own = "http://127.0.0.1:" + server.port();
      String[] who = {"Authorization", BASIC};
      check(server, 403, "/change", with(who, "Sec-Fetch-Site", "cross-site"));
      check(server, 403, "/change", with(who, "Sec-Fetch-Site", "same-site"));
      check(server, 403, "/change", with(who, "Origin", "http://evil.example"));
      check(server, 403, "/change", with(who, "Origin", "null"));
      check(server, 403, "/change", with(who, "Origin", own.replace("http:", "https:")));
      check(server, 200, "/change", with(who, "Origin", own));
      check(server, 200, "/change", with(who, "Sec-Fetch-Site", "same-origin"));
      check(server, 200, "/change", with(who, "Sec-Fetch-Site", "none"));
      check(server, 200, "/change", who);
    }
    check(open, 200, "/read", "Sec-Fetch-Site", "cross-site");
    check(closed, 200, "/change", "Authorization", "Bearer w", "Sec-Fetch-Site", "cross-site");
  }

  private static String[] with(String[] who, String name, String value) {
    return new String[] {who[0], who[1], name, value};
  }

  @Test
  void guessersAreToldToWait() {
    String wrong =
        "Basic " + Base64.getEncoder().encodeToString("bob:x".getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> reply = post(closed, "/change", "Authorization", wrong);
    for (int i = 0; i < 6 && reply.statusCode() == 401; i++) {
      reply = post(closed, "/change", "Authorization", wrong);
    }
    assertThat(reply.statusCode()).isEqualTo(429);
    assertThat(reply.headers().firstValue("Retry-After")).isPresent();
  }
}
