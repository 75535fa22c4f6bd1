package dev.sightline.api.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.quality.estimate.EstimateQueries;
import dev.sightline.testkit.FakeClock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EstimatesApiTest {
  private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
  private static final String ESTIMATES = "/api/models/v1/credit/estimates";

  private final FakePredictions store = new FakePredictions();
  private final QueryPool pool = new QueryPool(QueryPool.Limits.DEFAULT);
  private TestServer server;

  @BeforeEach
  void open() {
    Routes routes = new Routes();
    new EstimatesApi(
            new EstimateQueries(store, store, Map::of),
            store,
            pool,
            Set::of,
            () -> 30,
            new FakeClock(NOON))
        .addTo(routes);
    server = new TestServer(routes);
  }

  @AfterEach
  void close() {
    server.close();
    pool.close();
  }

  private void row(long timeMs, String output, Map<String, Double> probabilities, String truth) {
    String id = "at" + timeMs;
    store.store(
        List.of(
            new Prediction(
                id,
                "credit",
                "7",
                timeMs,
                Map.of(),
                new Datum.Text(output),
                null,
                probabilities,
                null,
                Map.of())));
    if (truth != null) {
      store.join(List.of(new GroundTruth("credit", id, new Datum.Text(truth), NOON)));
    }
  }

  @Test
  void estimatesStandBesideWhatHasTurnedOut() {
    // Of a hundred cases each: where 0.9 is said, 70 are yes; where 0.2 is said, 10.
    for (int row = 0; row < 200; row++) {
      boolean high = row % 2 == 0;
      int place = row / 2;
      row(
          NOON - 7_200_000 + row,
          high ? "yes" : "no",
          Map.of("yes", high ? 0.9 : 0.2, "no", high ? 0.1 : 0.8),
          place < (high ? 70 : 10) ? "yes" : "no");
      row(
          NOON - 3_600_000 + row,
          high ? "yes" : "no",
          Map.of("yes", high ? 0.9 : 0.2, "no", high ? 0.1 : 0.8),
          row < 60 ? "yes" : null);
    }
    JsonNode answer =
        JsonMapper.shared().readTree(server.get(ESTIMATES + "?start=" + (NOON - 3_600_000)).body());
    assertThat(answer.path("positive").asString()).isEqualTo("yes");
    assertThat(answer.path("calibration").path("n").asInt()).isEqualTo(200);
    JsonNode window = answer.path("windows").get(0);
    assertThat(window.path("n").asInt()).isEqualTo(200);
    assertThat(window.path("labelled").asInt()).isEqualTo(60);
    JsonNode accuracy = window.path("estimated").path("accuracy");
    assertThat(accuracy.path("value").asDouble()).isCloseTo(0.8, within(1e-9));
    assertThat(accuracy.path("low").asDouble()).isBetween(0.7, 0.8);
    assertThat(accuracy.path("method").asString()).isEqualTo("calibration");
    assertThat(window.path("estimated").path("precision").path("value").asDouble())
        .isCloseTo(0.7, within(1e-9));
    assertThat(window.path("realised").path("accuracy").path("value").asDouble()).isEqualTo(0.5);
    assertThat(window.path("errors").path("accuracy").asDouble()).isCloseTo(0.3, within(1e-9));
  }

  @Test
  void aModelOfLabelsOnlyHasNoEstimates() {
    row(NOON - 1_000, "yes", Map.of(), "no");
    String body = server.get(ESTIMATES).body();
    assertThat(body).contains("labels only: estimates are unavailable, they need probabilities");
    assertThat(server.get(ESTIMATES).statusCode()).isEqualTo(422);
    assertThat(server.get("/api/models/v1/none/estimates").statusCode()).isEqualTo(404);
  }
}
