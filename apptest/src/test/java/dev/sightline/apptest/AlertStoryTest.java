package dev.sightline.apptest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The story of an alert, with real processes, sockets and disks: calm, other inputs, a model that
/// fails, a server that is killed, and the end of it.
class AlertStoryTest {
  private static final String RULE = "HighErrorRate";
  private static final Duration SOON = Duration.ofMinutes(1);

  /// After a restart, absence proves nothing for a minute.
  private static final Duration SETTLED = Duration.ofMinutes(2);

  private static final String CALL_THAT_FAILS =
      "{\"dataframe_split\": {\"columns\": [\"text\"], \"data\": [[null]]}}";

  @TempDir Path directory;

  @Test
  void whoeverIsResponsibleIsToldOnceWhenAModelFailsAndWhenItIsWellAgain() throws Exception {
    try (Told told = new Told()) {
      JsonNode firing;
      String failedCall;
      try (ServerProcess demo = demo(told)) {
        calmTrafficTellsNobody(demo, told);
        otherInputsTellNobody(demo, told);
        failedCall = theLinesOfAFailedCallAreFound(demo);
        firing = aFailingModelIsTold(demo, told);
        demo.kill();
      }
      try (ServerProcess demo = demo(told)) {
        theAlertGoesOn(demo, firing);
        soon(() -> linesOf(demo, failedCall).size() == 2);
        await().atMost(SETTLED).until(() -> told.byHook(RULE).size() > 1);
        soon(() -> told.byMail(RULE).size() > 1);
        assertThat(demo.terminate()).isZero();
      }
      assertThat(told.byHook(RULE)).as("each change once").containsExactly("firing", "resolved");
      assertThat(told.byMail(RULE)).hasSize(2);
      assertThat(told.byMail(RULE).getFirst()).containsIgnoringCase("firing");
      assertThat(told.byMail(RULE).getLast()).containsIgnoringCase("resolved");
    }
  }

  private void calmTrafficTellsNobody(ServerProcess demo, Told told) {
    soon(() -> demo.query("sum(rate(http_requests_total[20s]))") > 0);
    evaluated(demo, 5);
    assertQuiet(demo, told);
  }

  private void otherInputsTellNobody(ServerProcess demo, Told told) throws Exception {
    double calls = demo.query("sum(http_requests_total)");
    try (ServerProcess.Running _ = demo.traffic("--errors", "0", "--drift", "--rate", "20")) {
      soon(() -> demo.query("sum(http_requests_total)") > calls + 150);
      evaluated(demo, 6);
    }
    assertQuiet(demo, told);
  }

  private static void assertQuiet(ServerProcess demo, Told told) {
    assertThat(demo.json("/api/v1/alerts").path("data").path("alerts")).isEmpty();
    assertThat(demo.query("count(count_over_time(ALERTS[10m]))")).as("alerts until now").isNaN();
    assertThat(told.all()).isEmpty();
  }

  /// From an answer that a client did not like to what the gateway and the model say about it.
  private static String theLinesOfAFailedCallAreFound(ServerProcess demo) {
    HttpResponse<String> answer = demo.post(demo.gateway().resolve("/predict"), CALL_THAT_FAILS);
    assertThat(answer.statusCode()).isEqualTo(500);
    String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
    soon(() -> linesOf(demo, id).size() == 2);
    List<String> lines = linesOf(demo, id);
    assertThat(lines)
        .anyMatch(line -> line.startsWith("gateway error ") && has(line, "status=500"));
    assertThat(lines)
        .anyMatch(
            line ->
                line.startsWith("demo-model error ")
                    && has(line, "The model raised on row 1")
                    && has(line, "\tat dev.sightline.demo."));
    return id;
  }

  private static boolean has(String line, String part) {
    return line.contains(part);
  }

  /// `service level line`
  private static List<String> linesOf(ServerProcess demo, String id) {
    return demo.lines("{service=~\"gateway|demo-model\"} | request_id=`" + id + "`").stream()
        .map(line -> line.label("service") + " " + line.label("level") + " " + line.text())
        .toList();
  }

  /// @return the alert as it fires
  private JsonNode aFailingModelIsTold(ServerProcess demo, Told told) throws Exception {
    try (ServerProcess.Running _ = demo.traffic("--errors", "90", "--rate", "20")) {
      soon(() -> alert(demo).path("state").asString("").equals("firing"));
      soon(() -> !told.byHook(RULE).isEmpty() && !told.byMail(RULE).isEmpty());
      assertThat(
              demo.query(
                  "count_over_time(ALERTS{alertname=\"HighErrorRate\",alertstate=\"pending\"}[5m])"))
          .as("pending before it fired")
          .isPositive();
      assertThat(told.byHook(RULE)).containsExactly("firing");
      assertThat(told.byMail(RULE).getFirst()).contains("sentiment");
      return alert(demo);
    }
  }

  /// As if nothing had happened, although nobody sends failing calls any more.
  private void theAlertGoesOn(ServerProcess demo, JsonNode before) {
    evaluated(demo, 3);
    JsonNode now = alert(demo);
    assertThat(now.path("state").asString("")).isEqualTo("firing");
    assertThat(now.path("activeAt")).isEqualTo(before.path("activeAt"));
    assertThat(now.path("labels")).isEqualTo(before.path("labels"));
  }

  private static JsonNode alert(ServerProcess demo) {
    JsonNode alerts = demo.json("/api/v1/alerts").path("data").path("alerts");
    for (JsonNode alert : alerts) {
      if (alert.path("labels").path("alertname").asString("").equals(RULE)) {
        return alert;
      }
    }
    return alerts.path("none");
  }

  /// Waits until the rules were evaluated so many times more.
  private static void evaluated(ServerProcess demo, int times) {
    double before = evaluations(demo);
    soon(() -> evaluations(demo) >= before + times);
  }

  /// Of the group, each of which evaluates all of its rules.
  private static double evaluations(ServerProcess demo) {
    String metrics = demo.get("/metrics").body();
    return metrics
        .lines()
        .filter(line -> line.startsWith("sightline_rule_evaluations_total{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .map(evaluations -> evaluations / 3)
        .findFirst()
        .orElse(0);
  }

  private static void soon(Callable<Boolean> condition) {
    await().atMost(SOON).pollInterval(Duration.ofMillis(200)).until(condition);
  }

  private ServerProcess demo(Told told) throws Exception {
    Path rules = directory.resolve("models.rules.yml");
    Files.writeString(rules, RulesInAHurry.text());
    Path config = directory.resolve("sightline.yml");
    Files.writeString(
        config,
        """
        alerting:
          shipped_rules: false
          rule_files: [ models.rules.yml ]
          global: { smtp_smarthost: "127.0.0.1:%d", smtp_from: "watch@example.org", smtp_require_tls: false }
          route: { receiver: team, group_by: [alertname, model], group_wait: 1s, group_interval: 2s }
          receivers:
            - name: team
              webhook_configs: [ { url: "%s" } ]
              email_configs: [ { to: "ada@example.org", send_resolved: true } ]
        """
            .formatted(told.mailPort(), told.hook()));
    ServerProcess demo =
        ServerProcess.start(directory.resolve("data"), 1, "demo", "--config", config.toString());
    soon(() -> demo.get("/-/ready").statusCode() == 200);
    return demo;
  }
}
