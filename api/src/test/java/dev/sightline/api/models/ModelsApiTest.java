package dev.sightline.api.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.testkit.FakeClock;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelsApiTest {
  private static final String JSON = "application/json";
  private static final String LINES = "application/x-ndjson";
  private static final String PREDICTIONS = "/api/models/v1/credit/predictions";
  private static final String TRUTHS = "/api/models/v1/credit/ground-truth";
  private static final String ROWS =
      """
      [{"id": "a", "time": "2023-11-14T22:13:20.5Z", "version": "7", "features": {"age": 31,
        "city": "Köln", "new": true, "none": null, "embedding": [0.5, [1]], "n": {"x": NaN}},
        "prediction": "yes", "confidence": 0.75, "probabilities": {"yes": 0.75, "no": 0.25},
        "latency_ms": 12.5, "tags": {"source": "web"}},
       {"id": 42, "time": 1700000001000, "prediction": 1.5}]
      """;

  private final FakePredictions store = new FakePredictions();
  private TestServer server;

  @BeforeEach
  void open() {
    Routes routes = new Routes();
    FakeClock clock = new FakeClock(1_700_000_000_000L);
    new ModelsApi(
            store.ways(ParquetTables.NONE),
            store,
            () -> Map.of("sentiment", "classification"),
            () -> Set.of("sentiment"),
            clock)
        .addTo(routes);
    server = new TestServer(routes);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static void check(HttpResponse<String> reply, int status, String body) {
    assertThat(reply.body()).isEqualTo(body);
    assertThat(reply.statusCode()).isEqualTo(status);
  }

  private void refused(String row, String error) {
    HttpResponse<String> reply = server.post(PREDICTIONS, JSON, row);
    assertThat(reply.body())
        .as(row)
        .contains("\"rejected\":[{\"index\":0,\"error\":\"" + error.replace("\"", "\\\"") + "\"}]");
    assertThat(reply.statusCode()).isEqualTo(400);
  }

  private static String error(String type, String message) {
    String text = message.replace("\"", "\\\"");
    return "{\"status\":\"error\",\"errorType\":\"" + type + "\",\"error\":\"" + text + "\"}";
  }

  @Test
  void storesAndShowsPredictions() {
    check(
        server.post(PREDICTIONS, JSON, ROWS),
        200,
        "{\"accepted\":2,\"ids\":[\"a\",\"42\"],\"rejected\":[]}");
    String a =
        "{\"id\":\"a\",\"time\":\"2023-11-14T22:13:20.500Z\",\"version\":\"7\","
            + "\"features\":{\"age\":31,\"city\":\"Köln\",\"new\":true,\"none\":null,"
            + "\"embedding\":[0.5,[1]],\"n\":{\"x\":\"NaN\"}},\"prediction\":\"yes\","
            + "\"confidence\":0.75,\"probabilities\":{\"yes\":0.75,\"no\":0.25},"
            + "\"latency_ms\":12.5,\"tags\":{\"source\":\"web\"}}";
    String b =
        "{\"id\":\"42\",\"time\":\"2023-11-14T22:13:21Z\",\"features\":{},\"prediction\":1.5}";
    check(server.get(PREDICTIONS), 200, "{\"predictions\":[" + b + "," + a + "]}");
    check(
        server.get(PREDICTIONS + "?order=asc&limit=1"),
        200,
        "{\"predictions\":[" + a + "],\"cursor\":\"1\"}");
    check(
        server.get(PREDICTIONS + "?order=asc&limit=1&cursor=1"),
        200,
        "{\"predictions\":[" + b + "]}");
    check(server.get(PREDICTIONS + "?version=7"), 200, "{\"predictions\":[" + a + "]}");
    check(
        server.get(PREDICTIONS + "?start=1700000000500&end=2023-11-14T22:13:21Z"),
        200,
        "{\"predictions\":[" + a + "]}");
    check(server.get(PREDICTIONS + "/a"), 200, a);
  }

  @Test
  void aPredictionWithoutIdAndTimeGetsThem() {
    HttpResponse<String> reply = server.post(PREDICTIONS, JSON, "{\"prediction\": true}");
    assertThat(reply.body())
        .matches("\\{\"accepted\":1,\"ids\":\\[\"01HF7YAT00[0-9A-Z]{16}\"],\"rejected\":\\[]}");
    assertThat(server.get(PREDICTIONS).body()).contains("\"time\":\"2023-11-14T22:13:20Z\"");
  }

  @Test
  void goodRowsAreStoredBesideBadOnes() {
    check(
        server.post(
            PREDICTIONS,
            JSON,
            "[{\"id\":\"a\",\"prediction\":1},7,{\"id\":\"refused\",\"prediction\":1},"
                + "{\"id\":\"b\"}]"),
        207,
        "{\"accepted\":1,\"ids\":[\"a\",null,null,null],\"rejected\":["
            + "{\"index\":1,\"error\":\"must be an object, not a number\"},"
            + "{\"index\":2,\"error\":\"conflicts with what is stored\"},"
            + "{\"index\":3,\"error\":\"prediction: is missing\"}]}");
    check(
        server.post(PREDICTIONS, LINES, "{\"id\":\"x\",\"prediction\":1}\n\n{oops\r\n"),
        207,
        "{\"accepted\":1,\"ids\":[\"x\",null],\"rejected\":["
            + "{\"index\":1,\"error\":\"not JSON at 1:2\"}]}");
  }

  @Test
  void errorsNameTheField() {
    check(
        server.post(PREDICTIONS, JSON, "{\"confidence\":2,\"prediction\":1}"),
        400,
        "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"no row was accepted; row 0:"
            + " confidence: must be a number from 0 to 1, not 2.0\",\"accepted\":0,\"ids\":[null],"
            + "\"rejected\":[{\"index\":0,\"error\":\"confidence: must be a number from 0 to 1, not"
            + " 2.0\"}]}");
    refused(
        "{\"prediction\":1,\"probabilities\":{\"a\":1.5}}",
        "probabilities.a: must be a number from 0 to 1, not 1.5");
    refused("{\"prediction\":1,\"features\":[1]}", "features: must be an object, not a list");
    refused("{\"prediction\":1,\"tags\":{\"a\":1}}", "tags.a: must be a text, not 1.0");
    refused("{\"prediction\":1,\"id\":{}}", "id: must be a text, not an object");
    refused(
        "{\"prediction\":1,\"time\":\"yesterday\"}",
        "time: must be RFC 3339 (such as 1970-01-01T00:00:00Z) or epoch milliseconds, not"
            + " \"yesterday\"");
    refused(
        "{\"prediction\":1,\"latency\":3}",
        "unknown field \"latency\", known are id, time, version, features, prediction, confidence,"
            + " probabilities, latency_ms, tags");
    refused("{\"prediction\":null}", "prediction: is missing");
  }

  @Test
  void refusesBodiesThatAreNoRows() {
    check(
        server.post(PREDICTIONS, JSON, "{\"id\": \"a\",}"),
        400,
        error("bad_data", "not JSON at 1:12"));
    check(
        server.post(PREDICTIONS, JSON, ""),
        400,
        error("bad_data", "the body is empty; expected JSON"));
    check(
        server.post(PREDICTIONS, "application/xml", "<id/>"),
        415,
        error(
            "bad_data",
            "Content-Type must be application/json, application/x-ndjson, text/csv or"
                + " application/vnd.apache.parquet"));
    check(
        server.post(PREDICTIONS, JSON, "[" + "0,".repeat(10_000) + "0]"),
        413,
        error("bad_data", "more than 10000 rows in one call; send them in parts"));
    assertThat(server.post(PREDICTIONS, JSON, "[".repeat(100_000)).body())
        .contains("JSON beyond a limit");
    assertThat(server.post(PREDICTIONS, JSON, "1".repeat(1_000)).body())
        .contains("JSON beyond a limit");
  }

  @Test
  void spellsOutAHundredRefusals() {
    String body = server.post(PREDICTIONS, LINES, "{}\n".repeat(250)).body();
    assertThat(body).contains("\"index\":99,").doesNotContain("\"index\":100,");
    assertThat(body).endsWith("],\"rejected_count\":250}");
  }

  @Test
  void filtersAndShowsColumns() {
    server.post(PREDICTIONS, JSON, ROWS);
    check(
        server.get(PREDICTIONS + "?filter=feature.age+%3E+30&columns=prediction,feature.age"),
        200,
        "{\"predictions\":[{\"id\":\"a\",\"features\":{\"age\":31},\"prediction\":\"yes\"}],"
            + "\"looked\":1,\"looked_to\":\"2023-11-14T22:13:20.500Z\"}");
    check(server.get(PREDICTIONS + "?filter=has(truth)"), 200, "{\"predictions\":[],\"looked\":0}");
    check(
        server.get(PREDICTIONS + "?filter=age+%3E+30"),
        400,
        error(
            "bad_data",
            "filter 1:1: found \"a\", expected a value or one of id, version, prediction, truth,"
                + " confidence, latency_ms, feature.NAME, probability.NAME, tag.NAME"));
    check(
        server.get(PREDICTIONS + "?columns=id,age"),
        400,
        error(
            "bad_data",
            "invalid parameter \"columns\": \"age\" is none of feature.NAME, [confidence, features,"
                + " ground_truth, id, latency_ms, prediction, probabilities, tags, time, version]"));
    check(
        server.get(PREDICTIONS + "?order=age:asc"),
        400,
        error(
            "bad_data",
            "invalid parameter \"order\": must be asc or desc, or time, confidence or latency_ms with"
                + " :asc or :desc"));
  }

  @Test
  void joinsGroundTruth() {
    server.post(PREDICTIONS, JSON, "{\"id\":\"a\",\"prediction\":\"yes\"}");
    check(
        server.post(
            TRUTHS,
            JSON,
            "[{\"id\":\"a\",\"value\":\"no\",\"time\":0},{\"id\":\"later\",\"value\":1}]"),
        200,
        "{\"joined\":1,\"waiting\":1,\"corrected\":0,\"rejected\":[]}");
    check(
        server.post(TRUTHS, LINES, "{\"id\":\"a\",\"value\":\"yes\",\"time\":0}\n{\"id\":\"a\"}"),
        207,
        "{\"joined\":0,\"waiting\":0,\"corrected\":1,"
            + "\"rejected\":[{\"index\":1,\"error\":\"value: is missing\"}]}");
    assertThat(server.get(PREDICTIONS + "/a").body())
        .endsWith("\"ground_truth\":{\"value\":\"yes\",\"time\":\"1970-01-01T00:00:00Z\"}}");
    assertThat(server.post(TRUTHS, JSON, "{\"value\":1}").body()).contains("row 0: id: is missing");
  }

  @Test
  void listsModels() {
    String configured =
        "{\"name\":\"sentiment\",\"task\":\"classification\",\"labels_only\":true,"
            + "\"versions\":[],\"predictions\":0,\"labelled\":0}";
    check(server.get("/api/models/v1"), 200, "{\"models\":[" + configured + "]}");
    server.post(PREDICTIONS, JSON, ROWS);
    server.post(TRUTHS, JSON, "{\"id\":\"a\",\"value\":\"no\"}");
    check(
        server.get("/api/models/v1"),
        200,
        "{\"models\":[{\"name\":\"credit\",\"versions\":[\"\",\"7\"],"
            + "\"last_prediction\":\"2023-11-14T22:13:21Z\",\"predictions\":2,\"labelled\":1},"
            + configured
            + "]}");
  }

  @Test
  void readingWhatIsNotThereIsNotFound() {
    String noModel = error("not_found", "there is no model of this name");
    check(server.get(PREDICTIONS), 404, noModel);
    check(server.get("/api/models/v1/x%2F..%2Fy/predictions"), 404, noModel);
    check(server.get("/api/models/v1/sentiment/predictions"), 200, "{\"predictions\":[]}");
    check(
        server.get("/api/models/v1/sentiment/predictions/a"),
        404,
        error("not_found", "model \"sentiment\" has no prediction with this id"));
  }

  @Test
  void refusesBadParametersOfAList() {
    String list = "/api/models/v1/sentiment/predictions?";
    check(
        server.get(list + "start=now"),
        400,
        error("bad_data", "invalid parameter \"start\": must be RFC 3339 or epoch milliseconds"));
    check(
        server.get(list + "start=2&end=1"),
        400,
        error("bad_data", "invalid parameter \"end\": must not be before start"));
    check(
        server.get(list + "order=up"),
        400,
        error(
            "bad_data",
            "invalid parameter \"order\": must be asc or desc, or time, confidence or latency_ms with :asc or :desc"));
    for (String limit : new String[] {"0", "1001", "x"}) {
      check(
          server.get(list + "limit=" + limit),
          400,
          error("bad_data", "invalid parameter \"limit\": must be a whole number from 1 to 1000"));
    }
  }
}
