package dev.sightline.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.TestServer;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Readiness;
import dev.sightline.api.http.Routes;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.testkit.FakeClock;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusApiTest {
  private final Readiness readiness = new Readiness("replaying the log, 40 %");
  private final MeterRegistry meters = new MeterRegistry();
  private final AtomicInteger reloads = new AtomicInteger();
  private TestServer server;

  @BeforeEach
  void open() {
    Routes routes = new Routes();
    new HealthApi(readiness).addTo(routes);
    new MetersApi(meters).addTo(routes);
    new LifecycleApi(
            () -> {
              if (reloads.incrementAndGet() > 1) {
                throw new ApiException(ApiError.badData("prometheus.yml:3:1: unknown key"));
              }
            })
        .addTo(routes);
    StatusApi.Facts facts =
        new StatusApi.Facts("0.1.0", "abc", 0, () -> "global: {}\n", Map.of("listen", ":1"));
    new StatusApi(facts, new FakeClock(1_000)).addTo(routes);
    server = new TestServer(routes);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void check(HttpResponse<String> reply, int status, String body) {
    assertThat(reply.body()).isEqualTo(body);
    assertThat(reply.statusCode()).isEqualTo(status);
  }

  @Test
  void isHealthyBeforeItIsReady() {
    check(server.get("/-/healthy"), 200, "Sightline is healthy.\n");
    check(server.get("/-/ready"), 503, "Sightline is not ready: replaying the log, 40 %.\n");
    readiness.ready();
    check(server.get("/-/ready"), 200, "Sightline is ready.\n");
    readiness.notReady("stopping");
    check(server.get("/-/ready"), 503, "Sightline is not ready: stopping.\n");
  }

  @Test
  void showsMetersAsExpositionText() {
    meters.counter("sightline_test_total", "Tests.", Labels.of("kind", "unit")).add(3);
    HttpResponse<String> reply = server.get("/metrics");
    check(
        reply,
        200,
        "# HELP sightline_test_total Tests.\n"
            + "# TYPE sightline_test_total counter\n"
            + "sightline_test_total{kind=\"unit\"} 3\n");
    assertThat(reply.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
  }

  @Test
  void saysWhatIsRunning() {
    check(
        server.get("/api/v1/status/buildinfo"),
        200,
        "{\"status\":\"success\",\"data\":{\"version\":\"3.14.0+sightline.0.1.0\","
            + "\"revision\":\"abc\",\"branch\":\"\",\"buildUser\":\"\",\"buildDate\":\"\","
            + "\"goVersion\":\"\"}}");
    check(
        server.get("/api/v1/status/config"),
        200,
        "{\"status\":\"success\",\"data\":{\"yaml\":\"global: {}\\n\"}}");
    check(
        server.get("/api/v1/status/flags"),
        200,
        "{\"status\":\"success\",\"data\":{\"listen\":\":1\"}}");
    assertThat(server.get("/api/v1/status/runtimeinfo").body())
        .contains("\"startTime\":\"1970-01-01T00:00:00Z\"");
  }

  @Test
  void reloadsOnlyOnPost() {
    check(server.post("/-/reload", "text/plain", ""), 200, "");
    assertThat(server.get("/-/reload").statusCode()).isEqualTo(405);
    assertThat(reloads).hasValue(1);
    check(
        server.post("/-/reload", "text/plain", ""),
        400,
        "{\"status\":\"error\",\"errorType\":\"bad_data\","
            + "\"error\":\"prometheus.yml:3:1: unknown key\"}");
  }
}
