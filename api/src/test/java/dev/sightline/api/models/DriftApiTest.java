package dev.sightline.api.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.AllRoutes;
import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.testkit.FakeClock;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DriftApiTest {
  private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
  private static final String ROOT = "/api/models/v1/credit";
  private static final String DRIFT = ROOT + "/drift";

  private final FakePredictions store = new FakePredictions();
  private final QueryPool pool = new QueryPool(QueryPool.Limits.DEFAULT);
  private TestServer server;

  /// A hundred rows from three hours ago on, a hundred within the last hour.
  @BeforeEach
  void open() {
    Routes routes = new Routes();
    new DriftApi(AllRoutes.drift(store, new FakeClock(NOON)), pool).addTo(routes);
    server = new TestServer(routes);
    for (int row = 0; row < 100; row++) {
      row(NOON - 10_800_000 + row * 1_000, row % 10, row % 2 == 0 ? "ES" : "PT");
    }
    for (int row = 0; row < 100; row++) {
      row(NOON - 3_000_000 + row * 1_000, row % 10 + 20, row % 2 == 0 ? "ES" : "PT");
    }
  }

  @AfterEach
  void close() {
    server.close();
    pool.close();
  }

  private void row(long timeMs, double age, String country) {
    store.store(
        List.of(
            new Prediction(
                "at" + timeMs,
                "credit",
                "7",
                timeMs,
                Map.of("age", new Datum.Amount(age), "country", new Datum.Text(country)),
                new Datum.Text("a"),
                0.75,
                Map.of(),
                null,
                Map.of())));
  }

  private JsonNode json(String pathAndQuery) {
    HttpResponse<String> reply = server.get(pathAndQuery);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(reply.body());
  }

  private static JsonNode feature(JsonNode drift, String name) {
    for (JsonNode feature : drift.path("features")) {
      if (feature.path("feature").asString().equals(name)) {
        return feature;
      }
    }
    throw new AssertionError("there is no " + name + " in " + drift);
  }

  private HttpResponse<String> put(String name, String type, String body) {
    return server.send(
        server
            .to(ROOT + "/references/" + name)
            .header("Content-Type", type)
            .PUT(BodyPublishers.ofString(body)));
  }

  private void refused(String pathAndQuery, int status, String message) {
    HttpResponse<String> reply = server.get(pathAndQuery);
    assertThat(reply.body()).contains(message.replace("\"", "\\\""));
    assertThat(reply.statusCode()).isEqualTo(status);
  }

  @Test
  void whatChangedBetweenTwoWindowsIsOneCall() {
    String windows =
        "?reference_start=%d&reference_end=%d".formatted(NOON - 10_800_000, NOON - 7_200_000);
    JsonNode drift = json(DRIFT + windows);
    JsonNode age = drift.path("features").get(0);
    assertThat(age.path("feature").asString()).isEqualTo("age");
    assertThat(age.path("method").asString()).isEqualTo("ks");
    assertThat(age.path("variant").asString()).isEqualTo("exact");
    assertThat(age.path("effect").asDouble()).isEqualTo(1);
    assertThat(age.path("threshold").asDouble()).isEqualTo(0.05);
    assertThat(age.path("verdict").asString()).isEqualTo("drifted");
    assertThat(age.path("drifted").asBoolean()).isTrue();
    assertThat(age.path("source_of_numbers").asString()).isEqualTo("exact");
    assertThat(age.path("reference_histogram").path("bounds"))
        .isEqualTo(age.path("current_histogram").path("bounds"));
    assertThat(feature(drift, "country").path("drifted").asBoolean()).isFalse();
    assertThat(feature(drift, "country").path("reference_histogram").path("counts").toString())
        .isEqualTo("[50,50]");
    assertThat(drift.path("share").asDouble()).isEqualTo(0.5);
    assertThat(drift.path("drifted").asBoolean()).isTrue();
    assertThat(feature(drift, "(output)").path("aspect").asString()).isEqualTo("output");
  }

  @Test
  void aMethodOfOnesOwnStandsForAllFeatures() {
    JsonNode drift = json(DRIFT + "?reference=previous&method=tvd&threshold=0.9&start=" + 0);
    assertThat(drift.path("features").size()).isPositive();
    JsonNode before =
        json(
            DRIFT
                + "?reference_start=0&end="
                + NOON
                + "&reference_end="
                + (NOON - 7_200_000)
                + "&method=psi_deciles&threshold=0.3");
    assertThat(feature(before, "age").path("method").asString()).isEqualTo("psi_deciles");
    assertThat(feature(before, "age").path("threshold").asDouble()).isEqualTo(0.3);
    refused(DRIFT + "?method=none", 400, "invalid parameter \"method\": must be one of ks, ");
    refused(DRIFT + "?threshold=1", 400, "\"threshold\": needs a method");
    refused(DRIFT + "?choice=mine", 400, "must be one of evidently, nannyml");
    refused(DRIFT + "?reference=previous&reference_start=1", 400, "must not stand beside");
    refused(DRIFT + "?reference_start=2&reference_end=1", 400, "must be after reference_start");
    refused(DRIFT + "?last=0", 400, "\"last\": must be a whole number from 1 to 10000");
  }

  @Test
  void withoutAReferenceTheAnswerSaysWhatIsMissing() {
    refused(DRIFT, 422, "the first 1000 predictions, and there are 200");
    refused(DRIFT + "?reference=x", 422, "has no reference \"x\"");
    refused("/api/models/v1/other/drift", 404, "there is no model of this name");
  }

  @Test
  void theNewestRowsMayBeCountedInsteadOfTimed() {
    JsonNode drift = json(DRIFT + "?last=40&reference=previous");
    assertThat(drift.path("current").path("n").asInt()).isEqualTo(40);
    // As long before: 39 seconds and what is left to now.
    assertThat(drift.path("reference").path("n").asInt()).isPositive();
  }

  @Test
  void referencesAreMadeShownAndForgotten() {
    String window = "{\"start\": %d, \"end\": %d}".formatted(NOON - 10_800_000, NOON - 7_200_000);
    HttpResponse<String> made = put("default", "application/json", window);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    JsonNode list = json(ROOT + "/references").path("references");
    assertThat(list).hasSize(1);
    assertThat(list.get(0).path("n").asInt()).isEqualTo(100);
    JsonNode age = json(ROOT + "/references/default").path("profile").get(0);
    assertThat(age.path("n").asInt()).isEqualTo(100);
    JsonNode drift = json(DRIFT);
    assertThat(drift.path("reference").path("name").asString()).isEqualTo("default");
    assertThat(feature(drift, "age").path("drifted").asBoolean()).isTrue();
    assertThat(server.send(server.to(ROOT + "/references/default").DELETE()).statusCode())
        .isEqualTo(204);
    assertThat(server.send(server.to(ROOT + "/references/default").DELETE()).statusCode())
        .isEqualTo(404);
    assertThat(put("a%2Fb", "application/json", window).statusCode()).isEqualTo(400);
    assertThat(put("x", "application/json", "{\"start\": 5, \"end\": 5}").body())
        .contains("end: must be after start");
    assertThat(put("x", "application/json", "{\"start\": 5, \"end\": 6}").body())
        .contains("there are no predictions");
    assertThat(put("x", "text/html", "a").statusCode()).isEqualTo(415);
  }

  @Test
  void aCsvFileOfTheTrainingDataIsAReference() {
    StringBuilder csv = new StringBuilder("age,\"country\",prediction,note\r\n");
    for (int row = 0; row < 200; row++) {
      csv.append(row % 10 + 20).append(row % 3 == 0 ? ",\"E\"\"S\"" : ",PT").append(",a,\n");
    }
    HttpResponse<String> made = put("default", "text/csv", csv.toString());
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    JsonNode drift = json(DRIFT);
    assertThat(drift.path("reference").path("n").asInt()).isEqualTo(200);
    assertThat(feature(drift, "age").path("drifted").asBoolean()).isFalse();
    assertThat(feature(drift, "country").path("drifted").asBoolean()).isTrue();
    assertThat(feature(drift, "country").path("reference_histogram").path("words").toString())
        .contains("E\\\"S");
    assertThat(put("x", "text/csv", "a,b\n1,2\n3\n").body())
        .contains("line 3: there are 1 cells, and 2 columns");
    assertThat(put("x", "text/csv", "a,b\n1,\"2\n").body())
        .contains("the quote that opens on line 2");
    assertThat(put("x", "text/csv", "a,a\n").body()).contains("line 1: column \\\"a\\\"");
  }

  @Test
  void aParquetFileOfTheTrainingDataIsAReference() {
    StringBuilder rows = new StringBuilder();
    for (int row = 0; row < 200; row++) {
      rows.append(
          "{\"age\":%d,\"country\":\"%s\",\"old\":%b,\"prediction\":\"a\"}\n"
              .formatted(row % 10 + 20, row % 3 == 0 ? "FR" : "PT", row % 2 == 0));
    }
    HttpResponse<String> made = put("default", "application/vnd.apache.parquet", rows.toString());
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    assertThat(made.body()).contains("\"feature\":\"old\"");
    JsonNode drift = json(DRIFT);
    assertThat(drift.path("reference").path("n").asInt()).isEqualTo(200);
    assertThat(feature(drift, "age").path("drifted").asBoolean()).isFalse();
    assertThat(feature(drift, "country").path("drifted").asBoolean()).isTrue();
    HttpResponse<String> bad = put("x", "application/vnd.apache.parquet", "PAR1");
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(bad.body()).contains("no Parquet: ");
    assertThat(put("x", "application/xml", "<a/>").statusCode()).isEqualTo(415);
  }

  @Test
  void aFileOfTrainingIsNamedByRunOrByVersion() {
    wished("{\"run_id\":\"a1\",\"path\":\"d/ref.csv\"}", "no registry is configured");
    wished("{\"uri\":\"models:/churn/3\",\"path\":\"r.parquet\"}", "no registry is configured");
    wished("{\"uri\":\"runs:/a1/d/ref.pq\"}", "no registry is configured");
    wished(
        "{\"uri\":\"models:/churn/latest\",\"path\":\"r.csv\"}",
        "uri: must be models:/NAME/VERSION");
    wished(
        "{\"run_id\":\"a1\",\"path\":\"../x.csv\"}", "mlflow: path must lie below the artifacts");
    wished(
        "{\"run_id\":\"a1\",\"path\":\"/etc/x.csv\"}", "mlflow: path must lie below the artifacts");
    wished("{\"run_id\":\"a/1\",\"path\":\"x.csv\"}", "mlflow: run_id must be letters");
    wished(
        "{\"run_id\":\"a1\",\"path\":\"model.pkl\"}", "path must end with .parquet, .pq or .csv");
    wished("{\"path\":\"x.csv\"}", "mlflow: either run_id or uri must be there");
    wished(
        "{\"run_id\":\"a1\",\"path\":\"x.csv\"},\"start\":1",
        "mlflow: a file of training has no start");
  }

  private void wished(String file, String message) {
    HttpResponse<String> reply = put("x", "application/json", "{\"mlflow\":" + file + "}");
    assertThat(reply.body()).contains(message);
    assertThat(reply.statusCode()).isEqualTo(400);
  }

  @Test
  void whatIsWrongWithTheDataIsNamed() {
    put(
        "default",
        "application/json",
        "{\"start\": %d, \"end\": %d}".formatted(NOON - 10_800_000, NOON - 7_200_000));
    JsonNode quality = json(ROOT + "/quality");
    JsonNode worst = quality.path("checks").get(0);
    assertThat(worst.path("feature").asString()).isEqualTo("age");
    assertThat(worst.path("check").asString()).isEqualTo("range");
    assertThat(worst.path("state").asString()).isEqualTo("broken");
    assertThat(worst.path("value").asDouble()).isEqualTo(1);
    assertThat(worst.path("text").asString()).isEqualTo("100.0 % of age are not from 0.0 to 9.0");
  }

  /// The two windows differ by age alone; all inputs together say so, too.
  @Test
  void allInputsTogetherAreAskedForInOneCall() {
    String windows =
        "?reference_start=%d&reference_end=%d".formatted(NOON - 10_800_000, NOON - 7_200_000);
    JsonNode drift = json(DRIFT + windows + "&together=true");
    assertThat(drift.path("together").path("auc").asDouble()).isGreaterThan(0.9);
    assertThat(drift.path("together").path("importance").path("age").asDouble()).isGreaterThan(0.9);
    JsonNode lost = drift.path("reconstruction");
    assertThat(lost.path("method").asString()).isEqualTo("pca_reconstruction");
    assertThat(lost.path("n_current").asInt()).isEqualTo(100);
    assertThat(lost.path("upper").asDouble()).isPositive();
    refused(DRIFT + "?together=true&source=sketch", 400, "\"together\": needs rows");
  }

  @Test
  void embeddingsAreAnsweredWithThePlacesThatTell() {
    for (int row = 0; row < 80; row++) {
      boolean now = row >= 40;
      long timeMs = NOON - (now ? 1_000_000 : 9_000_000) + row;
      List<Datum> vector =
          List.of(new Datum.Amount(row % 7 + (now ? 5 : 0)), new Datum.Amount(row % 5));
      store.store(
          List.of(
              new Prediction(
                  "v" + timeMs,
                  "vision",
                  "1",
                  timeMs,
                  Map.of("embedding", new Datum.Items(vector)),
                  new Datum.Text("a"),
                  0.75,
                  Map.of(),
                  null,
                  Map.of())));
    }
    String windows =
        "?reference_start=%d&reference_end=%d".formatted(NOON - 10_800_000, NOON - 7_200_000);
    JsonNode drift = json("/api/models/v1/vision/drift" + windows);
    JsonNode embedding = feature(drift, "embedding");
    assertThat(embedding.path("type").asString()).isEqualTo("vector");
    assertThat(embedding.path("method").asString()).isEqualTo("embedding_model");
    assertThat(embedding.path("drifted").asBoolean()).isTrue();
    assertThat(embedding.path("telling").get(0).path("name").asString()).isEqualTo("0");
    JsonNode far = json("/api/models/v1/vision/drift" + windows + "&method=embedding_distance");
    assertThat(feature(far, "embedding").path("score").asDouble()).isGreaterThan(3);
  }
}
