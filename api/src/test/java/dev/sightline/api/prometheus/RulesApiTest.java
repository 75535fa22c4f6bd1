package dev.sightline.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.alerting.rule.Condition;
import dev.sightline.alerting.rule.Rule;
import dev.sightline.alerting.rule.RuleGroup;
import dev.sightline.alerting.state.ActiveAlert;
import dev.sightline.alerting.state.ActiveAlert.Elapsed;
import dev.sightline.alerting.state.ActiveAlert.Phase;
import dev.sightline.alerting.state.GroupStatus;
import dev.sightline.alerting.state.GroupStatus.Health;
import dev.sightline.alerting.state.GroupStatus.RuleStatus;
import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.model.label.Labels;
import dev.sightline.template.Template;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RulesApiTest {
  private static final String ALERT =
      "{\"labels\":{\"alertname\":\"Errors\",\"job\":\"api\"},\"annotations\":{\"summary\":\"bad\"},"
          + "\"state\":\"firing\",\"activeAt\":\"1970-01-01T00:00:01.500Z\",\"value\":\"2.5e-01\"}";
  private static final String ALERTING =
      "{\"state\":\"firing\",\"name\":\"Errors\",\"query\":\"errors > 0\",\"duration\":90,"
          + "\"keepFiringFor\":0,\"labels\":{\"severity\":\"page\"},\"annotations\":{\"summary\":\"{{ 1 }}\"},"
          + "\"alerts\":[ALERTS],\"health\":\"ok\",\"evaluationTime\":0.25,"
          + "\"lastEvaluation\":\"1970-01-01T00:00:02Z\",\"type\":\"alerting\"}";
  private static final String RECORDING =
      "{\"name\":\"job:up\",\"query\":\"up\",\"health\":\"err\",\"lastError\":\"timed out\","
          + "\"evaluationTime\":0,\"lastEvaluation\":\"0001-01-01T00:00:00Z\",\"type\":\"recording\"}";

  private TestServer server;

  private static Condition condition(String text) {
    return new Condition() {
      @Override
      public String text() {
        return text;
      }

      @Override
      public List<Breach> evaluate(long atMs) {
        return List.of();
      }
    };
  }

  @BeforeAll
  void open() {
    Rule alerting =
        new Rule.Alerting(
            "Errors",
            condition("errors > 0"),
            Duration.ofSeconds(90),
            Duration.ZERO,
            Labels.of("severity", "page"),
            Map.of(),
            Map.of("summary", Template.parse("{{ 1 }}", Map.of())));
    ActiveAlert alert =
        new ActiveAlert(
            Labels.of("alertname", "Errors", "job", "api"),
            Labels.of("summary", "bad"),
            Phase.FIRING,
            0.25,
            1_500,
            1_600,
            0,
            0,
            new Elapsed(0, 0, 0, 0));
    Rule recording = new Rule.Recording("job:up", condition("up"), Labels.EMPTY);
    Routes routes = new Routes();
    List<GroupStatus> groups =
        List.of(
            group("one", new RuleStatus(alerting, Health.OK, "", 0.25, 2_000, List.of(alert))),
            group("two", new RuleStatus(recording, Health.ERR, "timed out", 0, 0, List.of())));
    new RulesApi(() -> groups, FakeMetrics::readSelector).addTo(routes);
    server = new TestServer(routes);
  }

  private static GroupStatus group(String name, RuleStatus rule) {
    RuleGroup group =
        new RuleGroup(
            "r.yml", name, Duration.ofSeconds(15), 0, Duration.ZERO, List.of(rule.rule()));
    return new GroupStatus(group, List.of(rule), 0.5, 2_000);
  }

  @AfterAll
  void close() {
    server.close();
  }

  private void check(String query, String data) {
    HttpResponse<String> reply = server.get("/api/v1/" + query);
    assertThat(reply.body()).as(query).isEqualTo("{\"status\":\"success\",\"data\":" + data + "}");
  }

  private static String groups(String... names) {
    StringBuilder groups = new StringBuilder();
    for (String name : names) {
      groups
          .append(groups.isEmpty() ? "" : ",")
          .append("{\"name\":\"" + name + "\",\"file\":\"r.yml\",\"rules\":[")
          .append(name.equals("one") ? ALERTING.replace("ALERTS", ALERT) : RECORDING)
          .append("],\"interval\":15,\"limit\":0,\"evaluationTime\":0.5,")
          .append("\"lastEvaluation\":\"1970-01-01T00:00:02Z\"}");
    }
    return "{\"groups\":[" + groups + "]}";
  }

  @Test
  void listsRulesInPrometheusForm() {
    check("rules", groups("one", "two"));
    check("rules?type=alert", groups("one"));
    check("rules?type=record", groups("two"));
    check("rules?rule_name[]=job:up", groups("two"));
    check("rules?rule_group[]=one&rule_group[]=x", groups("one"));
    check("rules?file[]=x", groups());
    check("rules?match[]=%7Bseverity=%22page%22%7D", groups("one"));
    check("rules?exclude_alerts=true&type=alert", groups("one").replace(ALERT, ""));
  }

  @Test
  void listsAlerts() {
    check("alerts", "{\"alerts\":[" + ALERT + "]}");
  }

  @Test
  void turnsPages() {
    String first = server.get("/api/v1/rules?group_limit=1").body();
    String token = first.replaceAll(".*\"groupNextToken\":\"([0-9a-f]{40})\".*", "$1");
    assertThat(token).hasSize(40);
    check("rules?group_limit=1&group_next_token=" + token, groups("two"));
    refused("rules?group_limit=1&group_next_token=x", "were rule groups changed?");
    refused("rules?group_next_token=x", "group_limit needs to be present");
    refused("rules?group_limit=0", "group_limit needs to be greater than 0");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    refused("rules?type=x", "invalid parameter \\\"type\\\": not supported value \\\"x\\\"");
    refused("rules?exclude_alerts=maybe", "invalid parameter \\\"exclude_alerts\\\"");
    refused("rules?match[]=%7B", "invalid parameter \\\"match[]\\\"");
  }

  private void refused(String query, String message) {
    HttpResponse<String> reply = server.get("/api/v1/" + query);
    assertThat(reply.statusCode()).as(query).isEqualTo(400);
    assertThat(reply.body()).contains("\"errorType\":\"bad_data\"").contains(message);
  }

  @Test
  void writesValuesWithAnExponent() {
    assertThat(AlertJson.scientific(1)).isEqualTo("1e+00");
    assertThat(AlertJson.scientific(-1234.5)).isEqualTo("-1.2345e+03");
    assertThat(AlertJson.scientific(1e-7)).isEqualTo("1e-07");
    assertThat(AlertJson.scientific(0)).isEqualTo("0e+00");
    assertThat(AlertJson.scientific(1e100)).isEqualTo("1e+100");
    assertThat(AlertJson.scientific(Double.NaN)).isEqualTo("NaN");
  }
}
