package dev.sightline.alerting.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.alerting.route.Route;
import dev.sightline.alerting.route.Timing;
import dev.sightline.wire.yaml.ConfigException;
import dev.sightline.wire.yaml.YamlFile;
import dev.sightline.wire.yaml.YamlMap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertmanagerReaderTest {
  private static final String RECEIVER =
      "receivers: [ { name: r, webhook_configs: [ { url: 'http://h/x' } ] } ]\n";

  private static AlertmanagerConfig read(String yaml) {
    try (YamlMap map = new YamlFile("am.yml", Path.of(""), _ -> null).parse(yaml).asMap()) {
      return AlertmanagerReader.read(map);
    }
  }

  private static void refuses(String yaml, String... messages) {
    assertThatThrownBy(() -> read(yaml))
        .as(yaml)
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(messages);
  }

  @Test
  void routesInheritAndBearAlertmanagersNames() {
    AlertmanagerConfig config =
        read(
            RECEIVER
                + """
                route:
                  receiver: r
                  group_by: [job, alertname]
                  group_wait: 1s
                  routes:
                    - matchers: [ 'severity=~"crit.*"', 'team="a b"' ]
                      match: { x: "1" }
                      match_re: { y: "z.*" }
                      group_by: ['...']
                      repeat_interval: 1h
                """);
    Route below = config.root().routes().getFirst();
    assertThat(below.key())
        .isEqualTo("{}/{severity=~\"crit.*\",team=\"a b\",x=\"1\",y=~\"^(?:z.*)$\"}");
    assertThat(below.receiver()).isEqualTo("r");
    assertThat(below.grouping().byAll()).isTrue();
    assertThat(below.timing())
        .isEqualTo(new Timing(Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofHours(1)));
    assertThat(config.root().grouping().names()).isEqualTo(List.of("alertname", "job"));
  }

  @Test
  void whatIsNotActedOnIsNamedWithItsPlace() {
    AlertmanagerConfig config =
        read(
            """
            global: { slack_api_url: x }
            route: { receiver: r }
            receivers:
              - name: r
                pagerduty_configs: [ { routing_key: k } ]
            inhibit_rules: []
            """);
    assertThat(config.notUsed())
        .containsExactly(
            "inhibit_rules (am.yml:6:16)",
            "global.slack_api_url (am.yml:1:26)",
            "receivers[0].pagerduty_configs (am.yml:5:24)");
  }

  @Test
  void refusesWhatItCannotMean() {
    refuses("route: { receiver: x }\n" + RECEIVER, "am.yml:1:20", "\"x\", which is not defined");
    refuses("route: { receiver: r, match: { a: b } }\n" + RECEIVER, "first route");
    refuses("route: { receiver: r, continue: true }\n" + RECEIVER, "first route");
    refuses("route: { receiver: r, group_by: [a, a] }\n" + RECEIVER, "twice");
    refuses("route: { receiver: r, group_by: [a, '...'] }\n" + RECEIVER, "beside");
    refuses("route: { receiver: r, group_interval: 0s }\n" + RECEIVER, "above 0");
    refuses("route: { receiver: r, grup_by: [a] }\n" + RECEIVER, "did you mean \"group_by\"");
    refuses("route: { receiver: r, routes: [ { matchers: ['a'] } ] }\n" + RECEIVER, "needs =");
    refuses("route: { receiver: r, routes: [ { matchers: ['a=~\"(\"'] } ] }\n" + RECEIVER, "1:");
    refuses("route: { receiver: r }\nreceivers: [ { name: r }, { name: r } ]", "a second time");
    refuses(
        "route: { receiver: r }\nreceivers: [ { name: r, webhook_configs: [ {} ] } ]", "url_file");
    refuses(
        "route: { receiver: r }\nreceivers: [ { name: r, webhook_configs: [ { url: 'ftp://h' } ] } ]",
        "is no URL");
    refuses(RECEIVER, "no route");
  }
}
