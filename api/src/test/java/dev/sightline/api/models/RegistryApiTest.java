package dev.sightline.api.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.quality.registry.Registry;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryApiTest {
  private static final String JSON = "application/json";
  private static final String ONE = "/api/models/v1/credit";

  private final FakePredictions store = new FakePredictions();
  private final FakeClock clock = new FakeClock(1_700_000_000_000L);
  private Registry registry;
  private TestServer server;

  @BeforeEach
  void open() {
    Routes routes = new Routes();
    registry = Registry.open(new SimulatedFileSystem(1), Path.of("/registry"), clock);
    new RegistryApi(registry, store, () -> Map.of("credit", "classification"), () -> null, clock)
        .addTo(routes);
    new ModelsApi(store.ways(ParquetTables.NONE), store, clock).addTo(routes);
    server = new TestServer(routes);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> send(String method, String path, String body) {
    return server.send(
        server.to(path).header("Content-Type", JSON).method(method, BodyPublishers.ofString(body)));
  }

  private void check(String method, String path, String body, int status, String answer) {
    HttpResponse<String> reply = send(method, path, body);
    assertThat(reply.body()).contains(answer);
    assertThat(reply.statusCode()).isEqualTo(status);
  }

  private void refused(String method, String path, String body, String error) {
    check(method, path, body, 400, "\"error\":\"" + error.replace("\"", "\\\"") + "\"");
  }

  @Test
  void aModelHasAnOwnerAndKeepsWhatIsNotMentioned() {
    check(
        "PATCH", ONE, "{\"owner\": \"ada\", \"training\": {\"yes\": 3}}", 200, "\"owner\":\"ada\"");
    check(
        "PATCH",
        ONE,
        "{\"description\": \"scores\"}",
        200,
        "{\"name\":\"credit\",\"task\":\"classification\",\"owner\":\"ada\","
            + "\"description\":\"scores\",\"training\":{\"yes\":3},\"versions\":[]}");
    assertThat(server.get(ONE).body()).contains("\"owner\":\"ada\"");
    refused("PATCH", ONE, "{\"owner\": []}", "owner: must be a text, not a list");
    refused(
        "PATCH",
        ONE,
        "{\"training\": {\"yes\": 0.5}}",
        "training: must be numbers of rows by class");
    check("PATCH", "/api/models/v1/none", "{}", 404, "no model of this name");
  }

  @Test
  void aVersionHasAStageAndAliases() {
    check(
        "PATCH",
        ONE + "/versions/7",
        "{\"stage\": \"production\", \"aliases\": [\"champion\"], \"tags\": {\"a\": \"b\"}}",
        200,
        "\"versions\":[{\"version\":\"7\",\"stage\":\"Production\",\"aliases\":[\"champion\"],"
            + "\"tags\":{\"a\":\"b\"}}]");
    check("PATCH", ONE + "/versions/7", "{\"stage\": \"Archived\"}", 200, "[\"champion\"]");
    assertThat(server.get(ONE + "/events").body())
        .contains("None → Production")
        .contains("Production → Archived");
    refused(
        "PATCH",
        ONE + "/versions/7",
        "{\"stage\": \"Old\"}",
        "stage: must be None, Staging, Production or Archived");
  }

  @Test
  void theSchemaIsSeenAndWhatPeopleSayStandsApart() {
    server.post(
        ONE + "/predictions",
        JSON,
        "[{\"features\":{\"age\":31,\"city\":\"A\",\"v\":[1]},\"prediction\":1},"
            + "{\"features\":{\"age\":40,\"city\":\"B\",\"v\":null},\"prediction\":1},"
            + "{\"features\":{\"age\":\"?\"},\"prediction\":1}]");
    check(
        "PUT",
        ONE + "/schema",
        "{\"features\": {\"age\": {\"type\": \"number\", \"min\": 18},"
            + " \"zip\": {\"allowed\": [\"1\"]}}}",
        200,
        "{\"rows\":3,\"features\":["
            + "{\"name\":\"age\",\"present\":3,"
            + "\"inferred\":{\"type\":\"mixed\",\"min\":31,\"max\":40,\"allowed\":[\"?\"]},"
            + "\"edited\":{\"type\":\"number\",\"min\":18}},"
            + "{\"name\":\"city\",\"present\":2,"
            + "\"inferred\":{\"type\":\"text\",\"allowed\":[\"A\",\"B\"]}},"
            + "{\"name\":\"v\",\"present\":1,\"inferred\":{\"type\":\"list\"}},"
            + "{\"name\":\"zip\",\"edited\":{\"allowed\":[\"1\"]}}]}");
    refused(
        "PUT",
        ONE + "/schema",
        "{\"features\": {\"age\": {\"min\": 2, \"max\": 1}}}",
        "features.age: min must not be above max");
    refused(
        "PUT",
        ONE + "/schema",
        "{\"features\": {\"age\": {\"type\": \"date\"}}}",
        "features.age: type: must be one of number, text, flag, list, object");
  }

  @Test
  void eventsBecomeAnnotations() {
    check(
        "POST",
        ONE + "/events",
        "{\"kind\": \"retrained\", \"version\": \"2\", \"text\": \"May\", \"time\": 1000}",
        200,
        "{\"number\":1,\"model\":\"credit\",\"version\":\"2\",\"kind\":\"retrained\","
            + "\"text\":\"May\",\"time\":\"1970-01-01T00:00:01Z\"}");
    check("POST", ONE + "/events", "{\"text\": \"holiday\"}", 200, "\"kind\":\"note\"");
    registry.seen("churn", "1", 2_000);
    assertThat(server.get("/api/annotations").body())
        .startsWith("{\"annotations\":[{\"number\":1,\"model\":\"credit\"")
        .contains("\"model\":\"churn\",\"version\":\"1\",\"kind\":\"deployed\"");
    assertThat(server.get("/api/annotations?model=credit&start=1000&end=1001").body())
        .contains("May")
        .doesNotContain("holiday");
    check("DELETE", ONE + "/events/1", "", 204, "");
    check("DELETE", ONE + "/events/1", "", 404, "has no event of this number");
    refused("POST", ONE + "/events", "{}", "kind: is missing, and so is text");
    refused(
        "POST",
        ONE + "/events",
        "{\"kind\": \"Re trained\"}",
        "kind: must be deployed, retrained, rolled_back or another word of small letters");
  }
}
