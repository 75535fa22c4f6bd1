package dev.sightline.api.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.quality.performance.PerformanceQueries;
import dev.sightline.testkit.FakeClock;
import dev.sightline.wire.serving.JsonDatum;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PerformanceApiTest {
  private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
  private static final String PERFORMANCE = "/api/models/v1/credit/performance";

  private final FakePredictions store = new FakePredictions();
  private final QueryPool pool = new QueryPool(QueryPool.Limits.DEFAULT);
  private TestServer server;

  @BeforeEach
  void open() {
    Routes routes = new Routes();
    PerformanceQueries queries =
        new PerformanceQueries(store, store, () -> Map.of("shop", "ranking"));
    PerformanceApi.Settings settings =
        new PerformanceApi.Settings(30, Set.of("new"), Map.of("credit", Map.of("a", 120L)));
    new PerformanceApi(queries, store, pool, () -> settings, new FakeClock(NOON)).addTo(routes);
    server = new TestServer(routes);
    row("1", NOON - 3_600_000, "ES", "a", "a");
    row("2", NOON - 3_000_000, "ES", "a", "b");
    row("3", NOON - 2_000_000, "DE", "b", "b");
    row("4", NOON - 1_000_000, "DE", "b", null);
  }

  @AfterEach
  void close() {
    server.close();
    pool.close();
  }

  private void row(String id, long timeMs, String country, String output, String truth) {
    store.store(
        List.of(
            new Prediction(
                id,
                "credit",
                "7",
                timeMs,
                Map.of("country", new Datum.Text(country)),
                new Datum.Text(output),
                0.75,
                Map.of(),
                null,
                Map.of("device", "phone"))));
    if (truth != null) {
      store.join(List.of(new GroundTruth("credit", id, new Datum.Text(truth), NOON)));
    }
  }

  private void refused(String query, String message) {
    HttpResponse<String> reply = server.get(PERFORMANCE + "?" + query);
    assertThat(reply.body()).contains(message.replace("\"", "\\\""));
    assertThat(reply.statusCode()).isEqualTo(400);
  }

  @Test
  void everyMeasureStandsBesideItsRowsAndItsInterval() {
    String body = server.get(PERFORMANCE + "?min_n=1&average=micro").body();
    assertThat(body)
        .startsWith(
            "{\"model\":\"credit\",\"task\":\"classification\",\"average\":\"micro\","
                + "\"classes\":[\"a\",\"b\"],\"positive\":\"b\",\"variants\":{\"beta\":2,"
                + "\"zero_division\":\"undefined\",\"k\":[2,3,5,10],\"bins\":10},\"notes\":["
                + "\"probabilities are made from the confidence: it is that of the predicted class\"]")
        .contains("\"start\":1699444800000,\"end\":1700049600000,\"n\":4,\"labelled\":3,")
        .contains(
            "\"accuracy\":{\"value\":0.6666666666666666,\"low\":0.20765960080204765,"
                + "\"high\":0.9385080552796037,\"method\":\"wilson\",\"n\":3}")
        .contains("\"confusion\":{\"labels\":[\"a\",\"b\"],\"counts\":[[1,0],[1,1]]}")
        .contains("\"b\":{\"precision\":{\"value\":1,");
  }

  @Test
  void tooFewRowsAreAStateAndNoDataIsAbsent() {
    assertThat(server.get(PERFORMANCE).body())
        .contains(
            "\"accuracy\":{\"state\":\"not_enough\",\"reason\":\"3 labelled rows, 30 needed\",\"n\":3}");
    assertThat(server.get(PERFORMANCE + "?end=1700000000000").body())
        .contains("\"n\":0,\"labelled\":0,\"measures\":{},\"classes\":{}}]}");
  }

  @Test
  void rowsAreChosenByVersionAndBySegmentOfFeaturesAndTags() {
    assertThat(server.get(PERFORMANCE + "?segment=" + encoded("country=\"DE\"")).body())
        .contains("\"n\":2,\"labelled\":1");
    assertThat(
            server
                .get(PERFORMANCE + "?segment=" + encoded("country=\"ES\", device=\"phone\""))
                .body())
        .contains("\"n\":2,\"labelled\":2");
    assertThat(server.get(PERFORMANCE + "?segment=" + encoded("device=\"desk\"")).body())
        .contains("\"n\":0,");
    assertThat(server.get(PERFORMANCE + "?version=8").body()).contains("\"n\":0,");
  }

  @Test
  void windowsFollowTheCalendarOfATimeZone() {
    String query = "?start=2023-11-14T12:00:00Z&step=1d&timezone=Europe/Madrid";
    assertThat(server.get(PERFORMANCE + query).body())
        .contains("{\"start\":1699963200000,\"end\":1700002800000,\"partial\":true,\"n\":0,")
        .contains("{\"start\":1700002800000,\"end\":1700049600000,\"partial\":true,\"n\":4,");
  }

  @Test
  void clarasModeRepeatsTheDayBeforeAndSaysSo() {
    String query = "?average=clara&time=truth&step=1d&start=2023-11-13T00:00:00Z&end=";
    String body = server.get(PERFORMANCE + query + (NOON + 1)).body();
    assertThat(body)
        .contains("\"carried\":true,\"measures\":{\"accuracy\":{\"value\":0.75,\"n\":0},")
        .contains("\"end\":1700049600001,\"partial\":true,\"n\":3,\"labelled\":3,\"measures\"");
  }

  @Test
  void mistakesAreNamed() {
    refused("start=yesterday", "invalid parameter \"start\": must be RFC 3339 or epoch");
    refused("start=2&end=1", "invalid parameter \"end\": must not be before start");
    refused("step=x", "must be a duration such as 15s, 5m or 1h30m, not \"x\"");
    refused("step=1m", "invalid parameter \"step\": makes more than 1000 windows");
    refused("step=0", "invalid parameter \"step\": must be at least 1s");
    refused("step=1d&timezone=Mars", "must be the name of a time zone");
    refused("average=mean", "must be macro, weighted, micro, binary or clara");
    refused("time=now", "must be prediction or truth");
    refused("zero_division=2", "must be undefined, 0 or 1");
    refused("quantile=1", "must be a number from 0.001 to 0.999");
    refused("tweedie_power=0.5", "no distribution has a power between");
    refused("beta=0", "must be a number from 0.01 to 100");
    refused("threshold=1.1", "must be a number from 0 to 1");
    refused("threshold=NaN", "must be a number from 0 to 1");
    refused("k=0", "must be up to 10 whole numbers from 1 to 1000");
    refused("k=1,2,3,4,5,6,7,8,9,10,11", "must be up to 10 whole numbers");
    refused("k=1,", "separated by commas");
    refused("bins=1", "must be a whole number from 2 to 50");
    refused("min_n=0", "must be a whole number from 1 to 1000000000");
    refused("segment=country", "expected = at place 8");
    refused("segment=" + encoded("a=\"b"), "expected a closing quote for the one at place 3");
    assertThat(server.get(PERFORMANCE + "?positive=c").statusCode()).isEqualTo(422);
    assertThat(server.get("/api/models/v1/nobody/performance").statusCode()).isEqualTo(404);
  }

  @Test
  void aThresholdDecidesAnew() {
    // Probabilities of b: 0.25, 0.25 and 0.75 of rows whose truths are a, b and b.
    assertThat(server.get(PERFORMANCE + "?min_n=1&threshold=0.2").body())
        .contains("\"threshold\":0.2}")
        .contains("\"confusion\":{\"labels\":[\"a\",\"b\"],\"counts\":[[0,1],[0,2]]}")
        .contains("\"labelled\":3,");
    assertThat(server.get(PERFORMANCE + "?min_n=1&threshold=0.8&zero_division=1").body())
        .contains("\"counts\":[[1,0],[2,0]]")
        .contains("\"b\":{\"precision\":{\"value\":1,\"n\":0}");
  }

  @Test
  void rankingsAreMeasuredAtEachPlace() {
    send("{\"id\": \"r1\", \"prediction\": [\"x\", \"y\", 3]}", "[\"y\", \"3\"]");
    send("{\"id\": \"r2\", \"prediction\": {\"x\": 0.9, \"z\": 0.8}}", "{\"z\": 2, \"q\": 1}");
    send("{\"id\": \"r3\", \"prediction\": []}", "\"x\"");
    String path = "/api/models/v1/shop/performance";
    String body = server.get(path + "?min_n=1&k=1,2").body();
    assertThat(body)
        .startsWith(
            "{\"model\":\"shop\",\"task\":\"ranking\",\"classes\":[],\"variants\":{\"k\":[1,2]},")
        .contains("\"n\":3,\"labelled\":3,")
        .contains("\"mrr\":{\"value\":0.3333333333333333,\"low\":")
        .contains("\"hit_rate_2\":{\"value\":0.6666666666666666,\"low\":")
        .contains("\"method\":\"wilson\",\"n\":3}");
    assertThat(server.get(path + "/curves").body())
        .contains("thresholds are of classes; this is a model of ranking");
    assertThat(server.get(path + "/change?measure=mrr&start=" + (NOON - 2_500_000)).body())
        .contains("a model of ranking has no classes; name a feature in by");
  }

  private void send(String prediction, String truth) {
    Datum row = JsonDatum.read(prediction.getBytes(StandardCharsets.UTF_8));
    Datum.Fields fields = (Datum.Fields) row;
    String id = ((Datum.Text) fields.values().get("id")).value();
    store.store(
        List.of(
            new Prediction(
                id,
                "shop",
                "1",
                NOON - 1_000,
                Map.of(),
                fields.values().get("prediction"),
                null,
                Map.of(),
                null,
                Map.of())));
    store.join(
        List.of(
            new GroundTruth(
                "shop", id, JsonDatum.read(truth.getBytes(StandardCharsets.UTF_8)), NOON)));
  }

  @Test
  void theMixOfTrainingIsKnownOrNot() {
    assertThat(server.get("/api/models/v1/credit/training").body())
        .isEqualTo("{\"classes\":{\"a\":120},\"source\":\"configuration\"}");
    HttpResponse<String> none = server.get("/api/models/v1/new/training");
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(none.body()).contains("models[].training.classes");
  }

  @Test
  void curvesSegmentsVersionsAndChanges() {
    assertThat(server.get(PERFORMANCE + "/curves?tp=2&fp=-1").body())
        .startsWith("{\"class\":\"b\",\"n\":3,\"notes\":[],\"thresholds\":[{\"threshold\":0.75,")
        .contains(
            "\"tp\":1,\"fp\":0,\"tn\":1,\"fn\":1,\"intervals\":{\"precision\":[0.20654931437723745,1],")
        .contains("\"f1\":[0.1727336876993243,0.9503895282784433]},\"business_value\":2}")
        .contains("\"calibration\":[{\"low\":0.2,\"high\":0.3,")
        .contains("\"best_threshold\":0.25");
    assertThat(server.get(PERFORMANCE + "/segments?by=country&min_n=1").body())
        .contains(
            "\"total\":2,\"segments\":[{\"labels\":{\"country\":\"ES\"},\"n\":2,\"labelled\":2,")
        .contains("\"difference\":-0.16666666666666663,\"p_value\":");
    assertThat(server.get(PERFORMANCE + "/comparison?version=7&against=8&min_n=1").body())
        .isEqualTo(
            "{\"notes\":[\"the versions saw different rows: a difference may be one of their"
                + " cases\"],\"measures\":{}}");
    assertThat(server.get(PERFORMANCE + "/change?by=country&start=" + (NOON - 2_500_000)).body())
        .contains("\"parts\":[{\"name\":\"")
        .contains("\"total_mix\":");
  }

  @Test
  void mistakesInOtherQuestionsAreNamed() {
    String[][] cases = {
      {"/segments", "400", "must name at least one feature or tag"},
      {"/segments?by=a,b,c,d,e", "400", "must be from 1 to 4 names"},
      {"/segments?by=country&measure=nice", "422", "there is no measure \\\"nice\\\""},
      {"/comparison?version=7", "400", "must be another version than version"},
      {"/change?before_start=1&before_end=9999999999999", "400", "the two windows overlap"},
      {"/change?measure=mcc", "422", "does not split into parts exactly"},
      {"/curves?tp=much", "400", "must be a number from -1e12 to 1e12"},
      {"/curves?class=c", "422", "there is no class \\\"c\\\" among a, b"},
    };
    for (String[] one : cases) {
      HttpResponse<String> reply = server.get(PERFORMANCE + one[0]);
      assertThat(reply.body()).as(one[0]).contains(one[2]);
      assertThat(reply.statusCode()).as(one[0]).isEqualTo(Integer.parseInt(one[1]));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
