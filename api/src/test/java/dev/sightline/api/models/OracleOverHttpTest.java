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
import dev.sightline.quality.performance.PerformanceQueries;
import dev.sightline.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Asks over HTTP for what scikit-learn answered on the same rows: values collected from other
/// products, which may lie beside this project; without them the test is left out.
class OracleOverHttpTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long TIME_MS = 1_700_000_000_000L;

  private final FakePredictions store = new FakePredictions();
  private final QueryPool pool = new QueryPool(QueryPool.Limits.DEFAULT);
  private TestServer server;
  private JsonNode oracle;
  private long state;
  private int rows;

  @BeforeEach
  void open() throws IOException {
    String elsewhere = System.getenv("SIGHTLINE_CONFORMANCE");
    Path folder =
        elsewhere == null
            ? Path.of(System.getProperty("sightline.root", "."), "..", "shared", "conformance")
            : Path.of(elsewhere);
    Path file = folder.resolve("ml").resolve("oracle.json");
    assumeTrue(Files.exists(file), "no expected values at " + file.toAbsolutePath());
    oracle = JSON.readTree(Files.readString(file));
    Routes routes = new Routes();
    PerformanceApi.Settings settings = new PerformanceApi.Settings(1, Set.of(), Map.of());
    new PerformanceApi(
            new PerformanceQueries(store, store, Map::of),
            store,
            pool,
            () -> settings,
            new FakeClock(TIME_MS + 1))
        .addTo(routes);
    server = new TestServer(routes);
  }

  @AfterEach
  void close() {
    pool.close();
    if (server != null) {
      server.close();
    }
  }

  /// The generator of the file.
  private double u() {
    state = (state * 1103515245L + 12345L) % (1L << 31);
    return (double) state / (1L << 31);
  }

  private void row(double output, double truth, Map<String, Double> probabilities) {
    String id = "id" + rows++;
    store.store(
        List.of(
            new Prediction(
                id,
                "m",
                "",
                TIME_MS,
                Map.of(),
                new Datum.Amount(output),
                null,
                probabilities,
                null,
                Map.of())));
    store.join(List.of(new GroundTruth("m", id, new Datum.Amount(truth), TIME_MS)));
  }

  private JsonNode window(String parameters) {
    String reply = server.get("/api/models/v1/m/performance?" + parameters).body();
    return JSON.readTree(reply).path("windows").path(0);
  }

  private static void check(JsonNode window, String measure, JsonNode want) {
    assertThat(window.path("measures").path(measure).path("value").asDouble(Double.NaN))
        .as(measure)
        .isCloseTo(want.asDouble(), within(1e-12));
  }

  @Test
  void binary() {
    JsonNode want = oracle.get("binary");
    state = 7;
    double[] p = new double[want.get("n").asInt()];
    for (int row = 0; row < p.length; row++) {
      p[row] = u();
    }
    for (double each : p) {
      row(each > 0.5 ? 1 : 0, u() < Math.pow(each, 1.3) ? 1 : 0, Map.of("1", each, "0", 1 - each));
    }
    JsonNode window = window("average=binary");
    for (String same :
        List.of(
            "accuracy",
            "precision",
            "recall",
            "f1",
            "f2",
            "mcc",
            "kappa",
            "jaccard",
            "roc_auc",
            "average_precision",
            "log_loss",
            "brier")) {
      check(window, same, want.get(same));
    }
    check(window, "balanced_accuracy", want.get("balanced"));
    assertThat(window.path("confusion").path("counts")).isEqualTo(want.get("cm"));
  }

  @Test
  void multiclass() {
    JsonNode want = oracle.get("multiclass");
    state = 9;
    int[] truths = new int[300];
    for (int row = 0; row < truths.length; row++) {
      truths[row] = (int) (5 * u());
    }
    for (int truth : truths) {
      double[] scores = new double[5];
      double sum = 0;
      int best = 0;
      for (int each = 0; each < 5; each++) {
        scores[each] = u() + (each == truth ? 0.4 : 0);
        sum += scores[each];
        best = scores[each] > scores[best] ? each : best;
      }
      Map<String, Double> probabilities = new LinkedHashMap<>();
      for (int each = 0; each < 5; each++) {
        probabilities.put(Integer.toString(each), scores[each] / sum);
      }
      row(best, truth, probabilities);
    }
    for (String average : List.of("macro", "micro", "weighted")) {
      JsonNode window = window("average=" + average);
      check(window, "precision", want.get(average).get(0));
      check(window, "recall", want.get(average).get(1));
      check(window, "f1", want.get(average).get(2));
    }
    JsonNode window = window("average=macro");
    check(window, "accuracy", want.get("accuracy"));
    check(window, "log_loss", want.get("log_loss"));
    check(window, "roc_auc", want.get("auc_ovr_macro"));
    check(window, "roc_auc_ovo", want.get("auc_ovo_macro"));
    check(window, "top_2", want.get("top2"));
    check(window, "mcc", want.get("mcc"));
    check(window, "kappa", want.get("kappa"));
    assertThat(window.path("confusion").path("counts")).isEqualTo(want.get("cm"));
    for (int each = 0; each < 5; each++) {
      JsonNode row = window.path("classes").path(Integer.toString(each));
      String[] names = {"precision", "recall", "f1"};
      for (int name = 0; name < names.length; name++) {
        assertThat(row.path(names[name]).path("value").asDouble())
            .isCloseTo(want.get("per_class").get(name).get(each).asDouble(), within(1e-12));
      }
    }
  }

  @Test
  void regression() {
    JsonNode want = oracle.get("regression");
    state = 11;
    double[] truths = new double[250];
    for (int row = 0; row < truths.length; row++) {
      truths[row] = 10 * u() + 1;
    }
    for (double truth : truths) {
      double sum = 0;
      for (int draw = 0; draw < 12; draw++) {
        sum += u();
      }
      row(Math.abs(truth + 0.8 * (sum - 6)), truth, Map.of());
    }
    JsonNode window = window("");
    for (String same : List.of("mae", "mse", "rmse", "mape", "msle", "r2")) {
      check(window, same, want.get(same));
    }
    check(window, "median_ae", want.get("medae"));
    check(window, "explained_variance", want.get("ev"));
    check(window, "max_error", want.get("max"));
    check(window, "pinball", want.get("pinball_.5"));
    check(window, "poisson_deviance", want.get("poisson_dev"));
    check(window, "gamma_deviance", want.get("gamma_dev"));
  }

  @Test
  void theMonitorOfClara() {
    JsonNode want = oracle.get("seed002_example");
    for (int row = 0; row < want.get("y").size(); row++) {
      row(want.get("yhat").get(row).asInt(), want.get("y").get(row).asInt(), Map.of());
    }
    JsonNode window = window("average=clara&time=truth");
    assertThat(window.path("measures").path("precision").path("value").asDouble())
        .isEqualTo(want.get("precision_weighted_zd1").asDouble());
    assertThat(window.path("measures").path("recall").path("value").asDouble())
        .isEqualTo(want.get("recall_micro").asDouble());
    assertThat(window.path("measures").path("f1").path("value").asDouble())
        .isEqualTo(want.get("f1_weighted_zd1").asDouble());
    check(window, "accuracy", want.get("accuracy"));
  }
}
