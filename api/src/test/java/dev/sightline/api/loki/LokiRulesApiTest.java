package dev.sightline.api.loki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.alerting.rule.Condition;
import dev.sightline.alerting.rule.RuleFileReader;
import dev.sightline.alerting.state.GroupStatus;
import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.wire.yaml.YamlFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LokiRulesApiTest {
  private static final String FILE =
      """
      groups:
        - name: scorer
          interval: 1m
          rules:
            - alert: ManyErrors
              expr: 'sum(rate({app="a"} |= "error" [5m])) > 1'
              for: 10m
              labels: { severity: page }
              annotations: { summary: "{{ $value }} \\"errors\\"" }
            - record: errors
              expr: 'sum(rate({app="a"}[5m]))'
      """;

  private List<GroupStatus> groups = List.of();
  private final TestServer server = new TestServer(routes());

  private Routes routes() {
    Routes routes = new Routes();
    new LokiRulesApi(() -> groups, _ -> List.of()).addTo(routes);
    return routes;
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void read() {
    RuleFileReader reader =
        new RuleFileReader(LokiRulesApiTest::condition, Map.of(), Duration.ofMinutes(1));
    groups =
        reader
            .read(
                "/etc/rules/app.yml", new YamlFile("app.yml", Path.of("/"), _ -> null).parse(FILE))
            .stream()
            .map(group -> new GroupStatus(group, List.of(), 0, 0))
            .toList();
  }

  private static Condition condition(String expression) {
    return new Condition() {
      @Override
      public String text() {
        return expression;
      }

      @Override
      public List<Breach> evaluate(long atMs) {
        return List.of();
      }
    };
  }

  @Test
  void rulesAreToldAsTheirFileHasThem() {
    assertThat(server.get("/loki/api/v1/rules").statusCode()).isEqualTo(404);
    assertThat(server.get("/loki/api/v1/rules").body()).isEqualTo("no rule groups found");
    read();
    String all = server.get("/loki/api/v1/rules").body();
    assertThat(all)
        .isEqualTo(
            """
            "app.yml":
                - name: "scorer"
                  interval: 60s
                  rules:
                      - alert: "ManyErrors"
                        expr: "sum(rate({app=\\"a\\"} |= \\"error\\" [5m])) > 1"
                        for: 600s
                        labels:
                          "severity": "page"
                        annotations:
                          "summary": "{{ $value }} \\"errors\\""
                      - record: "errors"
                        expr: "sum(rate({app=\\"a\\"}[5m]))"
            """);
    assertThat(server.get("/loki/api/v1/rules/app.yml").body()).isEqualTo(all);
    assertThat(server.get("/loki/api/v1/rules/other.yml").statusCode()).isEqualTo(404);
    assertThat(server.get("/loki/api/v1/rules/app.yml/scorer").body()).startsWith("name: \"scorer");
    assertThat(server.get("/loki/api/v1/rules/app.yml/none").body())
        .isEqualTo("group does not exist");
    assertThat(server.get("/prometheus/api/v1/rules").statusCode()).isEqualTo(200);
  }
}
