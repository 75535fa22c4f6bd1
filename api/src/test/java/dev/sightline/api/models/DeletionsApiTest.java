package dev.sightline.api.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.testkit.FakeClock;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeletionsApiTest {
  private static final String JSON = "application/json";
  private static final String ONE = "/api/models/v1/credit/deletions";
  private static final String MANY = "/api/models/v1/deletions";

  private final FakePredictions store = new FakePredictions();
  private TestServer server;

  @BeforeEach
  void open() {
    Routes routes = new Routes();
    new DeletionsApi(store.deletions(), store, Map::of, () -> Map.of("credit", "user"))
        .addTo(routes);
    new ModelsApi(store.ways(ParquetTables.NONE), store, new FakeClock(0)).addTo(routes);
    server = new TestServer(routes);
    for (String model : new String[] {"credit", "churn"}) {
      server.post(
          "/api/models/v1/" + model + "/predictions",
          JSON,
          "[{\"id\":\"a\",\"features\":{\"user\":\"ann\"},\"prediction\":1},"
              + "{\"id\":\"b\",\"features\":{\"user\":\"bob\"},\"prediction\":1}]");
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void check(String path, String body, int status, String answer) {
    HttpResponse<String> reply = server.post(path, JSON, body);
    assertThat(reply.body()).contains(answer);
    assertThat(reply.statusCode()).isEqualTo(status);
  }

  private void refused(String path, String body, String error) {
    check(path, body, 400, "\"error\":\"" + error.replace("\"", "\\\"") + "\"");
  }

  @Test
  void aSubjectIsDeletedByTheConfiguredField() {
    check(
        ONE,
        "{\"subject\": \"ann\"}",
        202,
        "{\"deletions\":[{\"number\":1,\"model\":\"credit\",\"kind\":\"subject\",\"field\":\"user\","
            + "\"fingerprint\":\"f0\",\"by\":\"anyone\",\"requested\":\"1970-01-01T00:00:00Z\","
            + "\"predictions\":1,\"truths_by_key\":0,\"state\":\"hidden\","
            + "\"problem\":\"a disk is full\"}]}");
    assertThat(server.get("/api/models/v1/credit/predictions/a").statusCode()).isEqualTo(404);
    assertThat(server.get("/api/models/v1/churn/predictions/a").statusCode()).isEqualTo(200);
    assertThat(server.get(ONE).body()).contains("\"number\":1").doesNotContain("ann");
  }

  @Test
  void severalModelsAtOnce() {
    check(
        MANY,
        "{\"models\": [\"credit\", \"churn\"], \"subject\": \"ann\", \"field\": \"user\"}",
        202,
        "\"model\":\"churn\"");
    assertThat(store.find("credit", "a")).isNull();
    assertThat(store.find("churn", "a")).isNull();
    check(MANY, "{\"subject\": \"bob\"}", 202, "\"model\":\"credit\"");
    assertThat(store.find("churn", "b")).isNotNull();
  }

  @Test
  void idsRangesAndFilters() {
    check(ONE, "{\"ids\": [\"a\"]}", 202, "\"kind\":\"ids\"");
    assertThat(store.find("credit", "a")).isNull();
    check(ONE, "{\"filter\": \"feature.user = \\\"bob\\\"\"}", 202, "\"predictions\":1");
    assertThat(store.find("credit", "b")).isNull();
  }

  @Test
  void whatCannotBeDoneIsSaid() {
    refused(ONE, "{}", "must have one of subject, ids, and start, end or filter");
    refused(
        ONE,
        "{\"subject\": 1, \"id\": \"a\"}",
        "must have one of subject, ids, and start, end or filter");
    refused(ONE, "{\"subject\": \"\"}", "subject: must not be empty");
    refused(ONE, "{\"subject\": \"unfit\"}", "user is dropped before it is stored");
    refused(ONE, "{\"ids\": [1]}", "ids: must be a list of texts");
    refused(ONE, "{\"start\": 2, \"end\": 1}", "end: must not be before start");
    refused(
        "/api/models/v1/churn/deletions",
        "{\"subject\": \"ann\"}",
        "field: is missing, and the configuration of model \"churn\" does not say it"
            + " (models[].subject)");
    refused(MANY, "{\"models\": \"credit\", \"id\": \"a\"}", "models: must be a list of texts");
    check("/api/models/v1/none/deletions", "{\"id\": \"a\"}", 404, "no model of this name");
    check(ONE, "{\"filter\": \"feature.user =\"}", 400, "\"errorType\":\"bad_data\"");
    assertThat(store.find("credit", "a")).isNotNull();
  }
}
