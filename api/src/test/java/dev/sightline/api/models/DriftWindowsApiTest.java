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
import dev.sightline.quality.performance.PerformanceQueries;
import dev.sightline.testkit.FakeClock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DriftWindowsApiTest {
  private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
  private static final long HOUR_MS = 3_600_000;
  private static final String ROOT = "/api/models/v1/credit";
  private static final String RANGE = "start=" + (NOON - 4 * HOUR_MS) + "&end=" + NOON;

  private final FakePredictions store = new FakePredictions();
  private final FakeClock clock = new FakeClock(NOON);
  private final QueryPool pool = new QueryPool(QueryPool.Limits.DEFAULT);
  private TestServer server;

  /// Four hours of 200 rows; in the last one those of ES are older, and half of the answers wrong.
  @BeforeEach
  void open() {
    Random random = new Random(4);
    for (int row = 0; row < 800; row++) {
      boolean last = row >= 600;
      boolean spanish = row % 2 == 0;
      double age = 40 + 5 * random.nextGaussian() + (last && spanish ? 40 : 0);
      String id = "r" + row;
      store.store(
          List.of(
              new Prediction(
                  id,
                  "credit",
                  "7",
                  NOON - 4 * HOUR_MS + row * 18_000L,
                  Map.of(
                      "age",
                      new Datum.Amount(age),
                      "noise",
                      new Datum.Amount(random.nextGaussian()),
                      "country",
                      new Datum.Text(spanish ? "ES" : "PT")),
                  new Datum.Text(age > 42 ? "yes" : "no"),
                  null,
                  Map.of(),
                  null,
                  Map.of())));
      String said = age > 42 ? "yes" : "no";
      String other = said.equals("yes") ? "no" : "yes";
      String truth = last && row % 4 < 2 ? other : said;
      store.join(List.of(new GroundTruth("credit", id, new Datum.Text(truth), NOON)));
    }
    Routes routes = new Routes();
    DriftApi.Parts parts = AllRoutes.drift(store, clock);
    new DriftWindowsApi(parts, store, pool).addTo(routes);
    new ChangesApi(parts, new PerformanceQueries(store, store, Map::of), pool).addTo(routes);
    server = new TestServer(routes);
  }

  @AfterEach
  void close() {
    server.close();
    pool.close();
  }

  private JsonNode get(String path) {
    return JsonMapper.shared().readTree(server.get(ROOT + path).body());
  }

  private static JsonNode age(JsonNode report) {
    for (JsonNode feature : report.path("features")) {
      if (feature.path("feature").asString().equals("age")) {
        return feature;
      }
    }
    throw new AssertionError("there is no age in " + report);
  }

  @Test
  void eachHourIsComparedWithTheOneBefore() {
    JsonNode windows = get("/drift/windows?step=1h&reference=previous&" + RANGE).path("windows");
    assertThat(windows).hasSize(4);
    JsonNode last = windows.get(3);
    assertThat(last.path("n").asInt()).isEqualTo(200);
    assertThat(last.path("n_reference").asInt()).isEqualTo(200);
    assertThat(last.path("features").get(0).path("feature").asString()).isEqualTo("age");
    assertThat(last.path("features").get(0).path("drifted").asBoolean()).isTrue();
    assertThat(windows.get(2).path("features").get(0).path("drifted").asBoolean()).isFalse();
  }

  @Test
  void windowsSlideOrHoldEquallyManyRows() {
    assertThat(get("/drift/windows?step=2h&every=1h&reference=previous&" + RANGE).path("windows"))
        .hasSize(3);
    JsonNode byCount = get("/drift/windows?rows=300&reference=previous&" + RANGE).path("windows");
    assertThat(get("/drift/windows?step=month&reference=previous&" + RANGE).path("windows"))
        .hasSize(1);
    assertThat(byCount).extracting(one -> one.path("n").asInt()).containsExactly(300, 300, 200);
    assertThat(server.get(ROOT + "/drift/windows?step=1m&" + RANGE).body())
        .contains("makes more than 200 windows");
    assertThat(server.get(ROOT + "/drift/windows?rows=3&" + RANGE).statusCode()).isEqualTo(400);
  }

  @Test
  void dataIsLookedAtWindowByWindow() {
    JsonNode windows = get("/quality/windows?step=1h&reference=previous&" + RANGE).path("windows");
    assertThat(windows).hasSize(4);
    assertThat(windows.get(3).path("checks"))
        .anySatisfy(
            check -> {
              assertThat(check.path("check").asString()).isEqualTo("range");
              assertThat(check.path("feature").asString()).isEqualTo("age");
            });
    assertThat(windows.get(0).path("reason").asString() + windows.get(0).path("n")).isNotEmpty();
  }

  @Test
  void segmentsAreComparedWithThemselves() {
    String last = "start=" + (NOON - HOUR_MS) + "&end=" + NOON;
    JsonNode segments =
        get("/drift/segments?by=country&reference=previous&" + last).path("segments");
    assertThat(segments)
        .extracting(one -> one.path("segment").asString())
        .containsExactly("country=\"ES\"", "country=\"PT\"");
    assertThat(age(segments.get(0)).path("drifted").asBoolean()).isTrue();
    assertThat(age(segments.get(1)).path("drifted").asBoolean()).isFalse();
  }

  @Test
  void whatChangedIsOneAnswer() {
    JsonNode changes = get("/changes?start=" + (NOON - HOUR_MS) + "&end=" + NOON);
    JsonNode accuracy = changes.path("measures").path("accuracy");
    assertThat(accuracy.path("before").path("value").asDouble()).isEqualTo(1);
    assertThat(accuracy.path("difference").asDouble()).isCloseTo(-0.5, within(1e-9));
    JsonNode first = changes.path("drift").path("features").get(0);
    assertThat(first.path("feature").asString()).isIn("age", "(error)");
    assertThat(age(changes.path("drift")).path("influence").asDouble()).isGreaterThan(0.7);
    assertThat(changes.path("quality").path("checks")).isNotEmpty();
  }
}
