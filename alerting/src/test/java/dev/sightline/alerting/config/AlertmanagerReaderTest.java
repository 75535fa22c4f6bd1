package dev.sightline.alerting.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.alerting.Alert;
import dev.sightline.alerting.notify.Notification;
import dev.sightline.alerting.notify.StatedAlert;
import dev.sightline.alerting.notify.mail.MailConfig;
import dev.sightline.alerting.notify.mail.MailLogin;
import dev.sightline.alerting.notify.mail.MailServer;
import dev.sightline.alerting.route.InhibitRule;
import dev.sightline.alerting.route.Route;
import dev.sightline.alerting.route.Timing;
import dev.sightline.model.label.Labels;
import dev.sightline.wire.outgoing.Authorization.Source;
import dev.sightline.wire.outgoing.TlsSettings;
import dev.sightline.wire.yaml.ConfigException;
import dev.sightline.wire.yaml.Secret;
import dev.sightline.wire.yaml.YamlFile;
import dev.sightline.wire.yaml.YamlMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            tracing: {}
            """);
    assertThat(config.notUsed())
        .containsExactly(
            "tracing (am.yml:6:10)",
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

  private static AlertmanagerConfig mail(String global, String keys) {
    return read(
        "global: { "
            + global
            + " }\nroute: { receiver: r }\nreceivers: [ { name: r, email_configs: [ { "
            + keys
            + " } ] } ]");
  }

  private static MailConfig mailOf(String global, String keys) {
    return mail(global, keys).receivers().getFirst().mails().getFirst();
  }

  private static void refusesMail(String global, String keys, String message) {
    assertThatThrownBy(() -> mail(global, keys))
        .as(keys)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  private static final String GLOBAL =
      "smtp_smarthost: 'mail.example.org:587', smtp_from: w@example.org";

  @Test
  void mailsHaveAlertmanagersDefaults() {
    MailConfig mail = mailOf(GLOBAL, "to: a@example.org");
    assertThat(mail.sendResolved()).isFalse();
    assertThat(mail.server())
        .isEqualTo(
            new MailServer(
                "mail.example.org", 587, "localhost", null, false, true, TlsSettings.DEFAULT));
    assertThat(mail.from()).hasToString("w@example.org");
    assertThat(mail.html()).hasToString("{{ template \"email.default.html\" . }}");
  }

  @Test
  void mailsTakeFromGlobalWhatTheyDoNotSay() {
    String global =
        GLOBAL
            + ", smtp_hello: h, smtp_auth_username: u, smtp_auth_password: p, smtp_auth_identity: i,"
            + " smtp_require_tls: false, smtp_tls_config: { insecure_skip_verify: true }";
    MailServer taken = mailOf(global, "to: a@example.org").server();
    assertThat(taken.hello()).isEqualTo("h");
    assertThat(taken.requireTls()).isFalse();
    assertThat(taken.tls().anyCertificate()).isTrue();
    assertThat(taken.login())
        .isEqualTo(new MailLogin("u", new Source.Given(new Secret("p")), null, "i"));
    MailServer own =
        mailOf(
                global,
                "to: a@example.org, smarthost: '[::1]:465', auth_username: v, require_tls: true,"
                    + " auth_secret: s, tls_config: {}")
            .server();
    assertThat(own.host()).isEqualTo("::1");
    assertThat(own.startsWithTls()).isTrue();
    assertThat(own.requireTls()).isTrue();
    assertThat(own.tls().anyCertificate()).isFalse();
    assertThat(own.login().user()).isEqualTo("v");
    assertThat(own.login().secret()).isEqualTo(new Source.Given(new Secret("s")));
  }

  @Test
  void refusesMailsThatCannotBeSent() {
    refusesMail(GLOBAL, "html: x", "needs a value for \"to\"");
    refusesMail("smtp_from: a@b.c", "to: a@b.c", "needs smarthost, or smtp_smarthost in global");
    refusesMail("smtp_smarthost: 'h:25'", "to: a@b.c", "needs from, or smtp_from in global");
    refusesMail(GLOBAL, "to: 'a@b.c, nobody'", "is no list of addresses");
    refusesMail(GLOBAL, "to: ''", "needs from 1 to 100 addresses");
    refusesMail(GLOBAL, "to: a@b.c, smarthost: mail.example.org", "must be HOST:PORT");
    refusesMail(GLOBAL, "to: a@b.c, smarthost: 'h:70000'", "must be HOST:PORT");
    refusesMail(GLOBAL, "to: a@b.c, hello: \"x\\ny\"", "must be the name of a host");
    refusesMail(GLOBAL, "to: a@b.c, html: '{{ .X'", "am.yml:3:");
    refusesMail(GLOBAL, "to: a@b.c, headers: { 'a b': x }", "is a header that cannot be set");
    refusesMail(GLOBAL, "to: a@b.c, headers: { Content-type: x }", "cannot be set");
    refusesMail(GLOBAL, "to: a@b.c, headers: { X: a, x: b }", "a second time");
    refusesMail(GLOBAL, "to: a@b.c, auth_pasword: x", "did you mean \"auth_password\"");
  }

  @Test
  void templatesInvokeDefinitionsOfFiles(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("a.tmpl"),
        "{{ define \"ours\" }}{{ .Receiver }}: {{ template \"__subject\" . }}{{ end }}");
    String templates = "templates: [ '" + folder.resolve("*.tmpl") + "' ]\n";
    AlertmanagerConfig config =
        read(
            templates
                + "global: { "
                + GLOBAL
                + " }\nroute: { receiver: r }\nreceivers: [ { name: r, email_configs: [ { to: a@b.c,"
                + " text: '{{ template \"ours\" . }}' } ] } ]");
    Labels labels = Labels.of("alertname", "Down");
    Alert down = new Alert(labels, Labels.EMPTY, 0, 1, "", null, null);
    assertThat(
            config
                .receivers()
                .getFirst()
                .mails()
                .getFirst()
                .text()
                .text(
                    new Notification(
                        "i", "r", "{}", labels, List.of(new StatedAlert(down, false)), 0, false),
                    "http://here"))
        .isEqualTo("r: [FIRING:1] Down");
    Files.writeString(folder.resolve("b.tmpl"), "{{ define }}");
    refuses(templates + "route: { receiver: r }\n" + RECEIVER, "am.yml:1:", "b.tmpl");
  }

  @Test
  void criticalAlertsSilenceWarningsUnlessTheFileSaysOtherwise(@TempDir Path folder)
      throws IOException {
    String routed = "route: { receiver: r }\n" + RECEIVER;
    assertThat(read(routed).inhibitions()).containsExactly(InhibitRule.SHIPPED);
    assertThat(read(routed + "inhibit_rules: []").inhibitions()).isEmpty();
    assertThat(read(routed + "inhibit_rules: []").notUsed()).isEmpty();
    Path original = Files.writeString(folder.resolve("alertmanager.yml"), routed);
    assertThat(AlertmanagerConfig.read(original).inhibitions()).isEmpty();
    InhibitRule rule =
        read(routed
                + """
                    inhibit_rules:
                      - source_match: { a: "1" }
                        source_matchers: [ b="2" ]
                        target_match_re: { c: "3|4" }
                        equal: [ job, zone ]
                    """)
            .inhibitions()
            .getFirst();
    assertThat(rule.isSource(Labels.of("a", "1", "b", "2"))).isTrue();
    assertThat(rule.isSource(Labels.of("a", "1"))).isFalse();
    assertThat(rule.isTarget(Labels.of("c", "4"))).isTrue();
    assertThat(rule.isTarget(Labels.of("c", "44"))).isFalse();
    assertThat(rule.common(Labels.of("job", "j"))).containsExactly("j", "");
    refuses(routed + "inhibit_rules: [ { source_matcher: [] } ]", "did you mean");
  }

  @Test
  void theWatchdogGoesOnlyToThoseWhoHaveARouteForIt() {
    Labels ours = Labels.of("alertname", "Watchdog", "job", "sightline", "severity", "none");
    String rest = "\n" + RECEIVER;
    assertThat(receivers("route: { receiver: r }" + rest, ours)).containsExactly("nobody");
    assertThat(receivers("route: { receiver: r }" + rest, Labels.of("alertname", "Watchdog")))
        .containsExactly("r");
    String named = "route: { receiver: r, routes: [ { matchers: ['alertname=\"Watchdog\"'] } ] }";
    assertThat(receivers(named + rest, ours)).containsExactly("r");
  }

  private static List<String> receivers(String yaml, Labels labels) {
    AlertmanagerConfig config = read(yaml).withQuietWatchdog();
    List<Route> taken = config.open(() -> "").root().of(labels);
    return taken.stream().map(Route::receiver).toList();
  }
}
