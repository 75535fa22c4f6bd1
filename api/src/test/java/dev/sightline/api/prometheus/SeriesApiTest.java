package dev.sightline.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.model.label.Labels;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeriesApiTest {
  private final FakeMetrics metrics = new FakeMetrics();
  private final QueryPool pool = new QueryPool(QueryPool.Limits.DEFAULT);
  private TestServer server;

  @BeforeAll
  void open() {
    metrics.add(Labels.of("__name__", "up", "job", "api"));
    metrics.add(Labels.of("__name__", "up", "job", "db"));
    metrics.add(Labels.of("__name__", "load", "job", "api", "service.name", "s"));
    Routes routes = new Routes();
    new SeriesApi(metrics, FakeMetrics::readSelector, pool).addTo(routes);
    server = new TestServer(routes);
  }

  @AfterAll
  void close() {
    server.close();
    pool.close();
  }

  private void check(String path, String data) {
    HttpResponse<String> reply = server.get(path);
    assertThat(reply.body()).as(path).isEqualTo("{\"status\":\"success\",\"data\":" + data + "}");
    assertThat(reply.statusCode()).isEqualTo(200);
  }

  private void refused(String path, String message) {
    HttpResponse<String> reply = server.get(path);
    assertThat(reply.body())
        .as(path)
        .isEqualTo(
            "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\""
                + message.replace("\"", "\\\"")
                + "\"}");
    assertThat(reply.statusCode()).isEqualTo(400);
  }

  @Test
  void listsSeriesOfAllSelectorsOnce() {
    check(
        "/api/v1/series?match[]=up&match[]=%7Bjob=%22api%22%7D&start=1&end=2",
        "[{\"__name__\":\"load\",\"job\":\"api\",\"service.name\":\"s\"},"
            + "{\"__name__\":\"up\",\"job\":\"api\"},{\"__name__\":\"up\",\"job\":\"db\"}]");
    assertThat(metrics.asked()).anyMatch(call -> call.endsWith("from 1000 to 2000"));
    check("/api/v1/series?match[]=missing", "[]");
  }

  @Test
  void listsLabels() {
    check("/api/v1/labels", "[\"__name__\",\"job\",\"service.name\"]");
    check("/api/v1/labels?match[]=up", "[\"__name__\",\"job\"]");
    check("/api/v1/label/job/values", "[\"api\",\"db\"]");
    check("/api/v1/label/job/values?match[]=load", "[\"api\"]");
    check("/api/v1/label/U__service_2e_name/values", "[\"s\"]");
    check("/api/v1/label/service.name/values", "[\"s\"]");
    check("/api/v1/label/missing/values", "[]");
  }

  @Test
  void saysThatALimitCutSomethingOff() {
    check(
        "/api/v1/label/job/values?limit=1",
        "[\"api\"],\"warnings\":[\"results truncated due to limit\"]");
    check("/api/v1/label/job/values?limit=2", "[\"api\",\"db\"]");
    check(
        "/api/v1/series?match[]=up&limit=1",
        "[{\"__name__\":\"up\",\"job\":\"api\"}],"
            + "\"warnings\":[\"results truncated due to limit\"]");
  }

  @Test
  void refusesBadParametersInPrometheusWords() {
    refused("/api/v1/series", "no match[] parameter provided");
    refused(
        "/api/v1/series?match[]=%7B",
        "invalid parameter \"match[]\": 1:1: parse error: unexpected end of input");
    refused(
        "/api/v1/labels?match[]=%7Bjob=%22%22%7D",
        "invalid parameter \"match[]\": match[] must contain at least one non-empty matcher");
    refused(
        "/api/v1/labels?start=x",
        "invalid parameter \"start\": invalid time value for 'start': cannot parse \"x\" to a"
            + " valid timestamp");
  }
}
