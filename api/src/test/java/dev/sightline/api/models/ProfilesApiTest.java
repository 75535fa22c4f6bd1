package dev.sightline.api.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.AllRoutes;
import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.quality.profile.ProfileQueries;
import dev.sightline.quality.profile.ProfiledSink;
import dev.sightline.testkit.FakeClock;
import dev.sightline.wire.whylogs.ProfileReader;
import dev.sightline.wire.whylogs.WhylogsProfile;
import dev.sightline.wire.whylogs.WhylogsProfile.Component;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProfilesApiTest {
  private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
  private static final String ROOT = "/api/models/v1/credit";

  private final FakePredictions store = new FakePredictions();
  private final FakeClock clock = new FakeClock(NOON);
  private final ProfileQueries profiles = AllRoutes.profiles(store, clock);
  private final QueryPool pool = new QueryPool(QueryPool.Limits.DEFAULT);
  private TestServer server;

  /// A hundred rows three hours ago, a hundred in the hour before noon.
  @BeforeEach
  void open() {
    Routes routes = new Routes();
    new DriftApi(AllRoutes.drift(store, profiles, clock), pool).addTo(routes);
    new ProfilesApi(profiles, store, Set::of, pool, clock).addTo(routes);
    server = new TestServer(routes);
    List<Prediction> rows = new ArrayList<>();
    for (int row = 0; row < 100; row++) {
      rows.add(row(NOON - 10_800_000 + row * 1_000, row % 10 + 0.5, row % 2 == 0 ? "ES" : "PT"));
      rows.add(row(NOON - 3_000_000 + row * 1_000, row % 10 + 20.5, row % 2 == 0 ? "ES" : "PT"));
    }
    new ProfiledSink(store, profiles.profiles()).store(rows);
  }

  @AfterEach
  void close() {
    server.close();
    pool.close();
  }

  private static Prediction row(long timeMs, double age, String country) {
    return new Prediction(
        "at" + timeMs,
        "credit",
        "7",
        timeMs,
        Map.of("age", new Datum.Amount(age), "country", new Datum.Text(country)),
        new Datum.Text("a"),
        0.9,
        Map.of(),
        null,
        Map.of());
  }

  private JsonNode json(String path) {
    HttpResponse<String> answer = server.get(ROOT + path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  @Test
  void windowsOfHoursAreAnswered() {
    JsonNode answer = json("/profiles?step=1h&start=" + (NOON - 10_800_000) + "&end=" + NOON);
    assertThat(answer.get("source").asString()).isEqualTo("sketch");
    assertThat(answer.get("windows").size()).isEqualTo(3);
    JsonNode first = answer.get("windows").get(0);
    assertThat(first.get("rows").asLong()).isEqualTo(100);
    JsonNode age = first.get("features").get("age");
    assertThat(age.get("n").asLong()).isEqualTo(100);
    assertThat(age.get("mean").asDouble()).isEqualTo(5);
    assertThat(age.get("distinct").asLong()).isEqualTo(10);
    assertThat(age.get("quantiles").get("0.5").asDouble()).isEqualTo(4.5);
    assertThat(age.get("types").get("fraction").asLong()).isEqualTo(100);
    long inBins = 0;
    for (JsonNode count : age.get("histogram").get("counts")) {
      inBins += count.asLong();
    }
    assertThat(inBins).isEqualTo(100);
    JsonNode country = first.get("features").get("country").get("frequent");
    assertThat(country.get(0).get("n").asLong()).isEqualTo(50);
    assertThat(answer.get("windows").get(1).get("rows").asLong()).isZero();
  }

  @Test
  void oneFeatureAndBadQuestions() {
    JsonNode one = json("/profiles?feature=age").get("windows").get(0).get("features");
    assertThat(one.size()).isEqualTo(1);
    assertThat(server.get(ROOT + "/profiles?step=10m&start=" + (NOON - 3_600_000)).statusCode())
        .isEqualTo(400);
    assertThat(server.get(ROOT + "/profiles?segment=country=%22ES%22&version=7").statusCode())
        .isEqualTo(200);
    assertThat(server.get("/api/models/v1/nobody/profiles").statusCode()).isEqualTo(404);
  }

  @Test
  void driftIsFoundWithoutReadingARow() {
    String window = "start=" + (NOON - 3_600_000) + "&end=" + NOON;
    String reference =
        "&reference_start=" + (NOON - 10_800_000) + "&reference_end=" + (NOON - 7_200_000);
    JsonNode sketch = json("/drift?source=sketch&" + window + reference);
    JsonNode rows = json("/drift?source=rows&" + window + reference);
    JsonNode first = sketch.get("features").get(0);
    assertThat(first.get("feature").asString()).isEqualTo("age");
    assertThat(first.get("verdict").asString()).isEqualTo("drifted");
    assertThat(first.get("n_current").asLong()).isEqualTo(100);
    assertThat(rows.get("features").get(0).get("feature").asString()).isEqualTo("age");
    assertThat(sketch.get("notes").toString()).contains("from profiles");
  }

  @Test
  void aProfileIsAFileOfWhylogs() throws Exception {
    String query = "/profiles?start=" + (NOON - 3_600_000) + "&end=" + NOON;
    HttpRequest request =
        server.to(ROOT + query).header("Accept", "application/octet-stream").build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      byte[] bytes = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
      WhylogsProfile profile = ProfileReader.read(bytes).getFirst();
      assertThat(profile.version()).isEqualTo(1);
      assertThat(profile.datasetMs()).isEqualTo(NOON - 3_600_000);
      Map<String, Component> age = profile.columns().get("age");
      assertThat(age.get("counts/n")).isEqualTo(new Component.Whole(100));
      assertThat(age.get("types/fractional")).isEqualTo(new Component.Whole(100));
      assertThat(age.get("distribution/mean")).isEqualTo(new Component.Real(25));
      assertThat(profile.columns().keySet()).contains("(output)", "(confidence)", "country");
    }
  }
}
