package dev.sightline.api.whylabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.AllRoutes;
import dev.sightline.api.TestServer;
import dev.sightline.api.auth.ApiToken;
import dev.sightline.api.auth.AuthConfig;
import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.HttpLimits;
import dev.sightline.api.http.Routes;
import dev.sightline.api.models.DriftApi;
import dev.sightline.api.models.FakePredictions;
import dev.sightline.api.models.ProfilesApi;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.quality.profile.ProfileQueries;
import dev.sightline.quality.profile.SentNotes;
import dev.sightline.quality.profile.Uploads;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import dev.sightline.wire.whylogs.ProfileWriter;
import dev.sightline.wire.whylogs.WhylogsProfile;
import dev.sightline.wire.whylogs.WhylogsProfile.Component;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WhylabsApiTest {
  private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
  private static final String KEY = "abcdefghij.0123456789012345678901234567890123456789";
  private static final String ORG = "/v0/organizations/org-1";

  private final FakePredictions predictions = new FakePredictions();
  private final FakeClock clock = new FakeClock(NOON);
  private final QueryPool pool = new QueryPool(QueryPool.Limits.DEFAULT);
  private final TestServer server = open();

  private TestServer open() {
    ProfileQueries profiles = AllRoutes.profiles(predictions, clock);
    DriftApi.Parts drift = AllRoutes.drift(predictions, profiles, clock);
    Routes routes = new Routes();
    new ProfilesApi(profiles, predictions, Set::of, pool, clock).addTo(routes);
    new DriftApi(drift, pool).addTo(routes);
    Uploads uploads = new Uploads(profiles.profiles());
    new WhylabsApi(uploads, drift.references(), pool, clock).addTo(routes);
    new WhylabsNotesApi(new SentNotes(new SimulatedFileSystem(1), Path.of("/said"))).addTo(routes);
    Set<Permission> scopes = Set.of(Permission.QUERY, Permission.WRITE);
    AuthConfig auth = new AuthConfig(List.of(ApiToken.ofSecret("why", KEY, scopes)), List.of());
    return new TestServer(routes, auth, HttpLimits.DEFAULT, null);
  }

  @AfterEach
  void close() {
    server.close();
    pool.close();
  }

  private static byte[] profile(int rows) {
    Map<String, Component> column =
        Map.of("counts/n", new Component.Whole(rows), "types/object", new Component.Whole(rows));
    return ProfileWriter.write(
        new WhylogsProfile(1, NOON, Map.of(), Map.of(), Map.of("x", column), null), NOON);
  }

  private HttpRequest.Builder request(String path) {
    return server
        .to(path)
        .header("X-API-Key", KEY + ":org-1")
        .header("Content-Type", "application/json");
  }

  private JsonNode post(String path, String body) {
    HttpResponse<String> answer =
        server.send(
            request(path).header("X-WHYLABS-RESOURCE", "m").POST(BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  private int put(String url, byte[] body) {
    String path = url.substring(url.indexOf("/whylabs/"));
    return server.send(server.to(path).PUT(BodyPublishers.ofByteArray(body))).statusCode();
  }

  private long rows(String parameters) {
    String path = "/api/models/v1/m/profiles" + parameters;
    HttpResponse<String> answer = server.send(request(path).GET());
    return answer.statusCode() == 404
        ? 0
        : JsonMapper.shared().readTree(answer.body()).get("windows").get(0).get("rows").asLong();
  }

  @Test
  void aProfileIsUploadedOnceWhateverTheClientRepeats() {
    String url =
        post("/v1/log/async", "{\"datasetTimestamp\":" + NOON + ",\"segmentTags\":[]}")
            .get("uploadUrl")
            .asString();
    clock.advance(Duration.ofMinutes(1));
    assertThat(put(url, profile(7))).isEqualTo(200);
    assertThat(put(url, profile(7))).isEqualTo(200);
    assertThat(rows("")).isEqualTo(7);
    assertThat(put(url + "0", profile(7))).isEqualTo(404);
    clock.jumpTo(NOON + Duration.ofHours(2).toMillis());
    assertThat(put(url, profile(7))).isEqualTo(404);
  }

  @Test
  void theSegmentThatIsNamedHasItsProfile() {
    String url =
        post(ORG + "/log/async/m", "{\"segmentTags\":[{\"key\":\"country\",\"value\":\"ES\"}]}")
            .get("uploadUrl")
            .asString();
    clock.advance(Duration.ofMinutes(1));
    assertThat(put(url, profile(3))).isEqualTo(200);
    assertThat(rows("?segment=country=%22ES%22")).isEqualTo(3);
    assertThat(rows("?segment=country=%22PT%22")).isZero();
  }

  @Test
  void aTransactionCountsWhenItIsCommitted() {
    String id = post("/v1/transaction", "{\"datasetId\":\"m\"}").get("transactionId").asString();
    for (int each = 0; each < 2; each++) {
      String url =
          post("/v1/transaction/log?transaction_id=" + id, "{}").get("uploadUrl").asString();
      assertThat(put(url, profile(5))).isEqualTo(200);
    }
    clock.advance(Duration.ofMinutes(1));
    assertThat(rows("")).isZero();
    post("/v1/transaction/commit?transaction_id=" + id, "{}");
    assertThat(rows("")).isEqualTo(10);
    assertThat(
            server
                .send(
                    request("/v1/transaction/commit?transaction_id=" + id)
                        .POST(BodyPublishers.ofString("{}")))
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void aReferenceBearsItsAlias() {
    String url =
        post(ORG + "/log/reference/m", "{\"alias\":\"last year\"}").get("uploadUrl").asString();
    assertThat(put(url, profile(9))).isEqualTo(200);
    JsonNode many =
        post(
            ORG + "/dataset-profiles/models/m/reference-profile",
            "{\"alias\":\"parts\",\"segments\":[{},{}]}");
    assertThat(many.get("uploadUrls").size()).isEqualTo(2);
  }

  @Test
  void whatIsSaidOfFeaturesIsReadBack() {
    String path = ORG + "/dataset/m/weights";
    String weights = "{\"segmentWeights\":[{\"weights\":{\"x\":1}}]}";
    assertThat(server.send(request(path).GET()).statusCode()).isEqualTo(404);
    assertThat(server.send(request(path).PUT(BodyPublishers.ofString(weights))).statusCode())
        .isEqualTo(200);
    JsonNode read = JsonMapper.shared().readTree(server.send(request(path).GET()).body());
    assertThat(read.get("segmentWeights").size()).isEqualTo(1);
    assertThat(read.get("metadata").get("version").asInt()).isEqualTo(1);
  }

  @Test
  void withoutTheKeyNothingIsGivenOut() {
    HttpRequest.Builder stranger =
        server.to("/v1/log/async").header("X-API-Key", "another.key").POST(BodyPublishers.noBody());
    assertThat(server.send(stranger).statusCode()).isEqualTo(401);
    assertThat(put("/whylabs/upload/0", profile(1))).isEqualTo(404);
  }

  @Test
  void otherBytesAreRefusedInWords() {
    String url = post("/v1/log/async", "{}").get("uploadUrl").asString();
    String path = url.substring(url.indexOf("/whylabs/"));
    HttpResponse<String> answer =
        server.send(server.to(path).PUT(BodyPublishers.ofString("WHY1 and more")));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("no profile of whylogs");
    assertThat(put(url, profile(1))).isEqualTo(200);
  }
}
