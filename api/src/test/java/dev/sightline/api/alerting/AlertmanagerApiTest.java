package dev.sightline.api.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.alerting.dispatch.Dispatcher;
import dev.sightline.api.AllRoutes;
import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.testkit.FakeClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The answers were compared with those of Alertmanager 0.25 to the same calls.
class AlertmanagerApiTest {
  private static final String ALERT =
      """
      {"annotations":{"summary":"s"},"endsAt":"2025-06-15T15:11:40.123Z","fingerprint":"2fe844d214428f53",\
      "receivers":[{"name":"nobody"}],"startsAt":"2025-06-15T10:00:00.120Z",\
      "status":{"inhibitedBy":[],"silencedBy":[],"state":"active"},"updatedAt":"2025-06-15T15:06:40.123Z",\
      "generatorURL":"http://x/g?a=1&b=2","labels":{"alertname":"A","job":"j","n":"1"}}""";

  private final FakeClock clock = new FakeClock(1_750_000_000_123L);
  private final Dispatcher alerts = AllRoutes.alerts(clock, new MeterRegistry());
  private TestServer server;

  @BeforeEach
  void open() {
    Routes routes = new Routes();
    new AlertmanagerApi(alerts, clock, () -> Duration.ofMinutes(5), "0.1.0").addTo(routes);
    new NotificationsApi(alerts.journal()).addTo(routes);
    server = new TestServer(routes);
    check(
        post(
            """
            [{"labels": {"alertname": "A", "job": "j", "n": "1", "none": ""}, "annotations": {"summary": "s"},
              "startsAt": "2025-06-15T12:00:00.12+02:00", "generatorURL": "http://x/g?a=1&b=2"}]"""),
        200,
        "");
  }

  @AfterEach
  void close() {
    server.close();
    alerts.close();
    alerts.journal().close();
  }

  private HttpResponse<String> post(String body) {
    return server.post("/api/v2/alerts", "application/json", body);
  }

  private static void check(HttpResponse<String> reply, int status, String body) {
    assertThat(reply.body()).isEqualTo(body);
    assertThat(reply.statusCode()).isEqualTo(status);
  }

  @Test
  void showsWhatWasPosted() {
    check(server.get("/api/v2/alerts"), 200, "[" + ALERT + "]");
    check(server.get("/alertmanager/api/v2/alerts"), 200, "[" + ALERT + "]");
    check(
        server.get("/api/v2/alerts/groups"),
        200,
        "[{\"alerts\":[" + ALERT + "],\"labels\":{},\"receiver\":{\"name\":\"nobody\"}}]");
    check(server.get("/api/v2/receivers"), 200, "[{\"name\":\"nobody\"}]");
  }

  @Test
  void filters() {
    for (String query :
        new String[] {
          "filter=n%3D2", "filter=n%3D1&filter=job!%3Dj", "active=false", "receiver=some.%2B"
        }) {
      check(server.get("/api/v2/alerts?" + query), 200, "[]");
      check(server.get("/api/v2/alerts/groups?" + query), 200, "[]");
    }
    for (String query : new String[] {"filter=n%3D~%221%7C2%22", "receiver=no.*", "filter="}) {
      check(server.get("/api/v2/alerts?" + query), 200, "[" + ALERT + "]");
    }
    assertThat(server.get("/api/v2/alerts?filter=n").statusCode()).isEqualTo(400);
    assertThat(server.get("/api/v2/alerts?receiver=%5B").statusCode()).isEqualTo(400);
  }

  @Test
  void anAlertEndsWhenItIsSaidSoOrNoMore() {
    check(
        post(
            """
            [{"labels": {"alertname": "A", "job": "j", "n": "1"}, "endsAt": "2025-06-15T15:06:40Z"}]"""),
        200,
        "");
    check(server.get("/api/v2/alerts"), 200, "[]");
    post("[{\"labels\": {\"alertname\": \"B\"}}]");
    assertThat(server.get("/api/v2/alerts").body()).contains("\"B\"");
    clock.advance(Duration.ofMinutes(5));
    check(server.get("/api/v2/alerts"), 200, "[]");
  }

  @Test
  void takesWhatIsRightBesideWhatIsWrong() {
    check(
        post("[{\"labels\": {\"a\": \"\"}}, {\"labels\": {\"alertname\": \"B\"}}, 3]"),
        400,
        "\"alert 0: at least one label pair required; alert 2: must be an object\"");
    assertThat(server.get("/api/v2/alerts").body()).contains("\"B\"");
    check(
        post(
            """
            [{"labels": {"a": "b"}, "startsAt": "2026-11-21T10:00:00Z", "endsAt": "2026-11-21T09:00:00Z"}]"""),
        400,
        "\"alert 0: start time must be before end time\"");
    for (String body :
        new String[] {
          "",
          "{}",
          "[{\"labels\": []}]",
          "[{\"labels\": {\"a\": 1}}]",
          "[{\"labels\": {\"a\": \"b\"}, \"startsAt\": \"today\"}]"
        }) {
      assertThat(post(body).statusCode()).as(body).isEqualTo(400);
    }
  }

  @Test
  void notificationsHaveALimit() {
    check(server.get("/api/alerting/v1/notifications"), 200, "{\"notifications\":[]}");
    check(server.get("/api/alerting/v1/notifications?limit=5"), 200, "{\"notifications\":[]}");
    for (String limit : new String[] {"0", "1001", "x"}) {
      String path = "/api/alerting/v1/notifications?limit=" + limit;
      assertThat(server.get(path).statusCode()).isEqualTo(400);
    }
  }
}
