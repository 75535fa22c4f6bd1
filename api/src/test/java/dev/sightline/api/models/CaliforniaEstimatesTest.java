package dev.sightline.api.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.quality.estimate.EstimateQueries;
import dev.sightline.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// NannyML's numbers on its set of Californian houses, as a client of this server gets them.
/// `SIGHTLINE_CALIFORNIA` names the folder of its three CSV files.
class CaliforniaEstimatesTest {
  private static final long NOON = 1_700_049_600_000L;
  private static final long HOUR_MS = 3_600_000;
  private static final int CHUNK = 823;

  private static final double[] ESTIMATED = {
    .85592, .734269, .686561, .718157, .865024, .907698, .892013, .906686, .8424, .919679
  };

  private final FakePredictions store = new FakePredictions();

  @Test
  void everyChunkHasNannyMlsEstimate() throws IOException {
    List<String[]> reference = rows("reference");
    List<String[]> analysis = rows("analysis");
    List<String[]> truths = rows("analysis_gt");
    for (int row = 1; row < reference.size(); row++) {
      String[] cells = reference.get(row);
      store(reference.getFirst(), cells, NOON - HOUR_MS - row, cells(reference, row, "clf_target"));
    }
    for (int row = 1; row <= ESTIMATED.length * CHUNK; row++) {
      long timeMs = NOON + (row - 1) / CHUNK * HOUR_MS + (row - 1) % CHUNK;
      store(analysis.getFirst(), analysis.get(row), timeMs, cells(truths, row, "clf_target"));
    }
    JsonNode windows = ask();
    assertThat(windows).hasSize(ESTIMATED.length);
    for (int chunk = 0; chunk < ESTIMATED.length; chunk++) {
      JsonNode window = windows.get(chunk);
      assertThat(window.path("n").asInt()).isEqualTo(CHUNK);
      assertThat(value(window, "estimated", "roc_auc"))
          .as("chunk " + chunk)
          .isCloseTo(ESTIMATED[chunk], within(3e-5));
    }
    JsonNode first = windows.get(0);
    assertThat(value(first, "estimated", "accuracy")).isCloseTo(.70019008, within(1e-8));
    assertThat(value(first, "estimated", "f1")).isCloseTo(.18360299, within(1e-8));
    assertThat(value(first, "estimated", "precision")).isCloseTo(.95674498, within(1e-8));
    assertThat(value(first, "estimated", "specificity")).isCloseTo(.99771831, within(1e-8));
    JsonNode area = first.path("estimated").path("roc_auc");
    double half = (area.path("high").asDouble() - area.path("low").asDouble()) / 2;
    assertThat(half / 1.959963984540054).isCloseTo(0.007417760198, within(2e-5));
  }

  private JsonNode ask() {
    try (QueryPool pool = new QueryPool(QueryPool.Limits.DEFAULT)) {
      Routes routes = new Routes();
      FakeClock clock = new FakeClock(NOON + 11 * HOUR_MS);
      new EstimatesApi(
              new EstimateQueries(store, store, Map::of), store, pool, Set::of, () -> 30, clock)
          .addTo(routes);
      try (TestServer server = new TestServer(routes)) {
        long endMs = NOON + ESTIMATED.length * HOUR_MS;
        String body =
            server
                .get("/api/models/v1/houses/estimates?step=1h&start=" + NOON + "&end=" + endMs)
                .body();
        return JsonMapper.shared().readTree(body).path("windows");
      }
    }
  }

  private static double value(JsonNode window, String side, String measure) {
    return window.path(side).path(measure).path("value").asDouble();
  }

  private void store(String[] header, String[] cells, long timeMs, @Nullable String truth) {
    String id = "at" + timeMs;
    double score = Double.parseDouble(cells[Arrays.asList(header).indexOf("y_pred_proba")]);
    String answer = cells[Arrays.asList(header).indexOf("y_pred")].startsWith("1") ? "1" : "0";
    store.store(
        List.of(
            new Prediction(
                id,
                "houses",
                "1",
                timeMs,
                Map.of(),
                new Datum.Text(answer),
                null,
                Map.of("1", score, "0", 1 - score),
                null,
                Map.of())));
    if (truth != null) {
      Datum value = new Datum.Text(truth.startsWith("1") ? "1" : "0");
      store.join(List.of(new GroundTruth("houses", id, value, timeMs)));
    }
  }

  private static String cells(List<String[]> rows, int row, String name) {
    return rows.get(row)[Arrays.asList(rows.getFirst()).indexOf(name)];
  }

  private static List<String[]> rows(String name) throws IOException {
    String folder = System.getenv("SIGHTLINE_CALIFORNIA");
    assumeTrue(folder != null, "SIGHTLINE_CALIFORNIA names no folder");
    Path file = Path.of(folder, "california_housing_" + name + ".csv");
    return Files.readAllLines(file).stream().map(line -> line.split(",", -1)).toList();
  }
}
