package dev.sightline.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StorageApiTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final FakeKeeping keeping = new FakeKeeping();
  private final QueryPool pool = new QueryPool(QueryPool.Limits.DEFAULT);
  private TestServer server;

  @BeforeEach
  void open() {
    Routes routes = new Routes();
    new StorageApi(keeping, FakeMetrics::readSelector, pool).addTo(routes);
    server = new TestServer(routes);
  }

  @AfterEach
  void close() {
    server.close();
    pool.close();
  }

  private void answers(String path, String data) {
    HttpResponse<String> reply = server.get("/api/v1/status/" + path);
    assertThat(reply.body()).isEqualTo("{\"status\":\"success\",\"data\":" + data + "}");
  }

  @Test
  void saysWhatIsInTheStore() {
    String one = "[{\"name\":\"m\",\"value\":2}]";
    answers(
        "tsdb?limit=1",
        "{\"headStats\":{\"numSeries\":3,\"numLabelPairs\":7,\"chunkCount\":9,\"minTime\":1000,"
            + "\"maxTime\":2000},\"seriesCountByMetricName\":"
            + one
            + ",\"labelValueCountByLabelName\":"
            + one
            + ",\"memoryInBytesByLabelName\":"
            + one
            + ",\"seriesCountByLabelValuePair\":"
            + one
            + "}");
    answers(
        "tsdb/blocks",
        "{\"blocks\":[{\"ulid\":\"01HF87XT70MMDZ1PM4S8DSD8HE\",\"minTime\":0,\"maxTime\":7200000,"
            + "\"stats\":{\"numSamples\":2400,\"numSeries\":20,\"numChunks\":20,"
            + "\"numTombstones\":1,\"numBytes\":5652},\"compaction\":{\"level\":2,"
            + "\"sources\":[\"01A\",\"01B\"],\"parents\":[{\"ulid\":\"01A\",\"minTime\":0,"
            + "\"maxTime\":3600000}]},\"version\":1}]}");
    answers("walreplay", "{\"min\":2,\"max\":5,\"current\":5,\"state\":\"done\"}");
    assertThat(server.get("/api/v1/status/tsdb?limit=10001").statusCode()).isEqualTo(400);
  }

  @Test
  void deletesCleansAndCopies() {
    String path = "/api/v1/admin/tsdb/";
    assertThat(server.post(path + "delete_series?match[]=up&start=1&end=2", FORM, "").statusCode())
        .isEqualTo(204);
    assertThat(server.post(path + "clean_tombstones", FORM, "").statusCode()).isEqualTo(204);
    assertThat(server.post(path + "snapshot", FORM, "skip_head=true").body())
        .isEqualTo(
            "{\"status\":\"success\",\"data\":{\"name\":\"20231114T221320Z-00000000000000ff\"}}");
    assertThat(keeping.told())
        .containsExactly(
            "delete [__name__=\"up\"] from 1000 to 2000", "clean", "snapshot without head");
    assertThat(server.post(path + "delete_series", FORM, "").statusCode()).isEqualTo(400);
    assertThat(server.post(path + "delete_series?match[]=%7B", FORM, "").statusCode())
        .isEqualTo(400);
    assertThat(server.post(path + "snapshot?skip_head=no", FORM, "").statusCode()).isEqualTo(400);
    assertThat(server.get(path + "snapshot").statusCode()).isEqualTo(405);
    assertThat(keeping.told()).hasSize(3);
  }
}
