package dev.sightline.api.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.api.AllRoutes;
import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.quality.watch.WatchedModels;
import dev.sightline.testkit.FakeClock;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MonitorsApiTest {
  private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
  private static final String MONITORS = "/api/models/v1/credit/monitors";
  private static final String ACCURACY =
      "{\"kind\": \"fixed\", \"measure\": \"accuracy\", \"lower\": 0.7, \"severity\": \"critical\"}";

  private final FakePredictions store = new FakePredictions();
  private final FakeClock clock = new FakeClock(NOON);
  private final QueryPool pool = new QueryPool(QueryPool.Limits.DEFAULT);
  private final WatchedModels monitors = AllRoutes.monitors(store, clock);
  private TestServer server;

  @BeforeEach
  void open() {
    Routes routes = new Routes();
    new MonitorsApi(monitors, store, pool, Set::of, clock).addTo(routes);
    server = new TestServer(routes);
    // From 9 to 12 o'clock; from 11 on every other answer is wrong.
    for (int row = 0; row < 180; row++) {
      String id = "r" + row;
      store.store(
          List.of(
              new Prediction(
                  id,
                  "credit",
                  "7",
                  NOON - (180 - row) * 60_000L,
                  Map.of("age", new Datum.Amount(row < 120 ? 30 : 40)),
                  new Datum.Text("yes"),
                  null,
                  Map.of(),
                  null,
                  Map.of())));
      String truth = row >= 120 && row % 2 == 0 ? "no" : "yes";
      store.join(List.of(new GroundTruth("credit", id, new Datum.Text(truth), NOON)));
    }
  }

  @AfterEach
  void close() {
    server.close();
    pool.close();
  }

  private HttpResponse<String> put(String name, String body) {
    return server.send(
        server
            .to(MONITORS + "/" + name)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body)));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  @Test
  void aMonitorIsMadeRunListedChangedAndForgotten() {
    assertThat(put("acc", ACCURACY).statusCode()).isEqualTo(201);
    JsonNode definition = json(server.get(MONITORS + "/acc")).path("definition");
    assertThat(definition.path("window").asString()).isEqualTo("1h");
    assertThat(definition.path("lower").asDouble()).isEqualTo(0.7);

    JsonNode now = json(server.post(MONITORS + "/acc/run", "application/json", ""));
    assertThat(now.path("state").asString()).isEqualTo("broken");
    assertThat(now.path("value").asDouble()).isCloseTo(0.5, within(1e-12));

    JsonNode listed = json(server.get(MONITORS)).path("monitors").get(0);
    assertThat(listed.path("name").asString()).isEqualTo("acc");
    assertThat(listed.path("last").path("state").asString()).isEqualTo("broken");
    assertThat(listed.path("last").path("end").asLong()).isEqualTo(NOON);

    JsonNode history = json(server.get(MONITORS + "/acc/history")).path("outcomes");
    assertThat(history).hasSize(1);
    // What was answered can be sent again.
    assertThat(put("acc", definition.toString()).statusCode()).isEqualTo(200);
    assertThat(json(server.get(MONITORS + "/acc/history")).path("outcomes")).hasSize(1);

    assertThat(server.send(server.to(MONITORS + "/acc").DELETE()).statusCode()).isEqualTo(204);
    assertThat(server.get(MONITORS + "/acc").statusCode()).isEqualTo(404);
    assertThat(json(server.get(MONITORS)).path("monitors")).isEmpty();
  }

  @Test
  void aPreviewOverThePastKeepsNothing() {
    String path = MONITORS + "/new/preview?start=" + (NOON - 3 * 3_600_000);
    JsonNode outcomes = json(server.post(path, "application/json", ACCURACY)).path("outcomes");
    assertThat(outcomes)
        .extracting(one -> one.path("state").asString())
        .containsExactly("ok", "ok", "broken");
    assertThat(outcomes.get(2).path("text").asString())
        .isEqualTo("accuracy is 0.5000, below 0.7000");
    assertThat(server.get(MONITORS + "/new").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThat(put("acc", "{\"kind\": ").body()).contains("bad_data");
    assertThat(put("acc", "{\"kind\": \"fixed\"}").statusCode()).isEqualTo(400);
    assertThat(put("acc", ACCURACY.replace("0.7", "0")).body())
        .contains("can never be passed, because accuracy is from 0.0 to 1.0");
    assertThat(put("a%20b", ACCURACY).body()).contains("name: must be 1 to 64 letters");
    assertThat(server.get("/api/models/v1/none/monitors").statusCode()).isEqualTo(404);
    assertThat(server.post(MONITORS + "/none/run", "application/json", "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void aWrongMeasureFailsInWordsAndHarmsNoOther() {
    put("wrong", ACCURACY.replace("accuracy", "acuracy"));
    JsonNode now = json(server.post(MONITORS + "/wrong/run", "application/json", ""));
    assertThat(now.path("state").asString()).isEqualTo("failed");
    assertThat(now.path("text").asString()).contains("there is no measure \"acuracy\"; there are");
  }
}
