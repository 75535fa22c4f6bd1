package dev.sightline.alerting.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.sightline.alerting.Alert;
import dev.sightline.alerting.config.AlertmanagerConfig;
import dev.sightline.alerting.config.AlertmanagerReader;
import dev.sightline.alerting.dispatch.Dispatcher;
import dev.sightline.alerting.notify.NotSentException;
import dev.sightline.alerting.notify.NotSentException.Hope;
import dev.sightline.alerting.notify.Notification;
import dev.sightline.alerting.notify.StatedAlert;
import dev.sightline.alerting.notify.journal.Journal;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import dev.sightline.wire.yaml.YamlFile;
import dev.sightline.wire.yaml.YamlMap;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Mails as a mail server of others receives them.
class MailChannelTest {
  private static final Labels ERRORS =
      Labels.of("alertname", "HighErrorRate", "model", "sentiment", "severity", "critical");

  private final GreenMail server =
      new GreenMail(
          new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
          });

  @BeforeEach
  void open() {
    server.start();
  }

  @AfterEach
  void close() {
    server.stop();
  }

  private static AlertmanagerConfig read(String yaml) {
    try (YamlMap map = new YamlFile("am.yml", Path.of(""), _ -> null).parse(yaml).asMap()) {
      return AlertmanagerReader.read(map);
    }
  }

  private String config(String keys) {
    return """
        route: { receiver: ops, group_by: [alertname] }
        receivers:
          - name: ops
            email_configs:
              - smarthost: 127.0.0.1:%d
                from: Watcher <watch@example.org>
                require_tls: false
                send_resolved: true
                %s
        """
        .formatted(server.getSmtp().getPort(), keys);
  }

  private void send(String keys, Notification notification) {
    try (MailChannel channel = channel(config(keys))) {
      channel.send(notification);
    }
  }

  private static MailChannel channel(String yaml) {
    try {
      MailConfig config = read(yaml).receivers().getFirst().mails().getFirst();
      return new MailChannel(config, () -> "http://here:7444");
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Notification errors(StatedAlert... alerts) {
    return Alerts.of(Labels.of("alertname", "HighErrorRate"), alerts);
  }

  private static StatedAlert firing() {
    return Alerts.firing(ERRORS, Labels.of("summary", "Half of all calls fail"));
  }

  private MimeMessage only() {
    assertThat(server.getReceivedMessages()).hasSize(1);
    return server.getReceivedMessages()[0];
  }

  private static String part(MimeMessage mail, int index) throws MessagingException, IOException {
    return String.valueOf(((MimeMultipart) mail.getContent()).getBodyPart(index).getContent())
        .replace("\r\n", "\n");
  }

  @Test
  void saysAllThatIsKnown() throws Exception {
    send("to: ops@example.org", errors(firing()));
    MimeMessage mail = only();
    assertThat(mail.getSubject()).isEqualTo("[FIRING:1] HighErrorRate (sentiment critical)");
    assertThat(mail.getHeader("From")).containsExactly("Watcher <watch@example.org>");
    assertThat(mail.getHeader("To")).containsExactly("ops@example.org");
    assertThat(mail.getHeader("Message-ID")).containsExactly("<id1@example.org>");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.getSentDate().getTime()).isEqualTo(Alerts.NOW_MS);
    assertThat(part(mail, 0))
        .isEqualTo(
            """
            1 firing, 0 resolved for alertname="HighErrorRate"
            http://here:7444/alerts

            FIRING

            HighErrorRate: Half of all calls fail
              state:       firing
              since:       2026-11-21 10:00:00 UTC
              value:       0.8312
              expression:  rate(x[1m]) > 0.5
              labels:      alertname="HighErrorRate", model="sentiment", severity="critical"
              summary:     Half of all calls fail
              source:      http://here:7444/graph?g0.expr=rate%28x%5B1m%5D%29+%3E+0.5&g0.tab=1

            --\s
            Sent by Sightline to ops
            """);
    assertThat(part(mail, 1))
        .contains("<html lang=\"en\">", "1 firing, 0 resolved", "href=\"http://here:7444/alerts\"")
        .contains("0.8312", "rate(x[1m]) &gt; 0.5", "Half of all calls fail")
        .doesNotContain("<no value>");
  }

  @Test
  void saysThatAlertsHaveEndedAndWhatForeignOnesWereRaisedBy() throws Exception {
    send("to: ops@example.org", errors(Alerts.resolved(ERRORS)));
    assertThat(only().getSubject()).isEqualTo("[RESOLVED] HighErrorRate (sentiment critical)");
    assertThat(part(only(), 0))
        .contains("0 firing, 1 resolved", "RESOLVED\n", "  state:       resolved\n")
        .contains("  until:       2026-11-21 10:04:30 UTC\n", "  expression:  up == 0\n")
        .doesNotContain("FIRING\n", "value:");
  }

  @Test
  void reachesEverybodyOnce() throws Exception {
    send(
        "to: 'a@example.org, \"B; b\" <b@example.org>;c@example.org; a@example.org;'",
        errors(firing()));
    assertThat(server.getReceivedMessages()).hasSize(3);
    assertThat(server.getReceivedMessages()[2].getHeader("To"))
        .containsExactly("a@example.org, \"B; b\" <b@example.org>, c@example.org");
  }

  @Test
  void headersAndTextsAreTemplates() throws Exception {
    send(
        """
        to: ops@example.org
                headers:
                  subject: 'Störung: {{ .CommonLabels.model }} ☠ {{ .Alerts.Firing | len }}'
                  reply-to: 'Bereitschaft Süd <on-call@example.org>'
                  X-Team: '{{ .GroupLabels.alertname | toLower }}'
                html: ''
                text: '{{ range .Alerts }}{{ .StartsAt.Format "15:04" }} {{ .Annotations.summary }} <{{ .Fingerprint }}>{{ end }}'
        """,
        errors(firing()));
    MimeMessage mail = only();
    assertThat(mail.getSubject()).isEqualTo("Störung: sentiment ☠ 1");
    assertThat(mail.getHeader("Subject")[0]).matches("[ -~\\r\\n]+");
    assertThat(mail.getHeader("Reply-To"))
        .containsExactly("=?UTF-8?Q?Bereitschaft_S=C3=BCd?= <on-call@example.org>");
    assertThat(mail.getHeader("X-Team")).containsExactly("higherrorrate");
    assertThat(mail.getContent().toString().strip())
        .matches("10:00 Half of all calls fail <[0-9a-f]{16}>");
  }

  @Test
  void noLabelCanWriteHeadersOrMarkup() throws Exception {
    String evil =
        "x\r\nBcc: victim@example.org\r\n\r\n.\r\nRSET\r\u2028\u202e=?utf-8?q?=0d=0aBcc:y?= "
            + "<script>alert(1)</script>\"'\0"
            + "long".repeat(500);
    Labels labels = Labels.of("alertname", evil, "url", "javascript:alert(1)");
    StatedAlert alert =
        new StatedAlert(
            new Alert(labels, Labels.of("summary", evil), 0, 1, "javascript:alert(2)", evil, 1.0),
            false);
    send("to: ops@example.org", Alerts.of(Labels.of("alertname", evil), alert));
    MimeMessage mail = only();
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(Arrays.toString(mail.getAllRecipients())).isEqualTo("[ops@example.org]");
    assertThat(mail.getSubject()).startsWith("[FIRING:1] x  Bcc: victim@example.org");
    assertThat(mail.getSubject().length()).isLessThan(1_000);
    assertThat(mail.getSubject().chars().noneMatch(c -> c < ' ' || c == 0x202e)).isTrue();
    assertThat(part(mail, 1))
        .doesNotContain("<script", "javascript:alert(2)")
        .contains("&lt;script");
    for (String line : new String(mail.getInputStream().readAllBytes()).split("\r?\n")) {
      assertThat(line.length()).isLessThan(998);
    }
  }

  @Test
  void aTemplateThatFailsSilencesNobody() throws Exception {
    send(
        "to: ops@example.org\n        html: '{{ template \"gone\" . }}'\n"
            + "        headers: { Subject: '{{ .Nothing }}' }",
        errors(firing()));
    assertThat(only().getSubject()).isEqualTo("[FIRING:1] HighErrorRate (sentiment critical)");
    assertThat(part(only(), 0))
        .contains("The template of html failed", "template \"gone\" not defined")
        .contains("The template of headers.Subject failed", "can't evaluate field Nothing");
    assertThat(part(only(), 1)).contains("Half of all calls fail");
  }

  @Test
  void tellsOfAsManyAlertsAsFit() throws Exception {
    StatedAlert[] many = new StatedAlert[10_000];
    for (int i = 0; i < many.length; i++) {
      many[i] =
          Alerts.firing(Labels.of("alertname", "Down", "instance", "host-" + i), Labels.EMPTY);
    }
    send("to: ops@example.org", Alerts.of(Labels.of("alertname", "Down"), many));
    assertThat(part(only(), 0))
        .contains("10000 firing", "host-99\"", "The other 9900 are not listed here.")
        .doesNotContain("host-100\"");
  }

  @Test
  void logsInOrIsRefused() {
    server.setUser("ops@example.org", "user", "right");
    String login = "to: ops@example.org\n        auth_username: user\n        auth_password: ";
    send(login + "right", errors(firing()));
    assertThat(server.getReceivedMessages()).hasSize(1);
    NotSentException refused =
        catchThrowableOfType(NotSentException.class, () -> send(login + "wrong", errors(firing())));
    assertThat(refused.hope()).isEqualTo(Hope.NONE);
    assertThat(refused).hasMessageContaining("the login was refused: 535");
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void speaksTlsFromTheFirstByte() {
    int port = server.getSmtps().getPort();
    String keys =
        "to: ops@example.org\n        force_implicit_tls: true\n        smarthost: 127.0.0.1:"
            + port;
    String yaml = config(keys).replaceFirst("smarthost: 127.0.0.1:\\d+\n", "tls_config: TLS\n");
    NotSentException untrusted =
        catchThrowableOfType(
            NotSentException.class,
            () -> channel(yaml.replace("TLS", "{}")).send(errors(firing())));
    assertThat(untrusted.hope()).isEqualTo(Hope.LATER);
    assertThat(untrusted).hasMessageStartingWith("TLS: ");
    channel(yaml.replace("TLS", "{ insecure_skip_verify: true }")).send(errors(firing()));
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void aServerThatComesBackIsToldOnce() throws Exception {
    int port = server.getSmtp().getPort();
    String yaml = config("to: ops@example.org");
    server.stop();
    FakeClock clock = new FakeClock(Alerts.NOW_MS);
    MeterRegistry meters = new MeterRegistry();
    try (Journal journal =
            Journal.open(new SimulatedFileSystem(1), Path.of("/n"), clock, clock, meters);
        Dispatcher dispatcher =
            Dispatcher.start(
                new Dispatcher.Parts(
                    journal, clock, clock, Runnable::run, new SplittableRandom(1), meters),
                read(yaml).open(() -> "http://here"))) {
      dispatcher.accept(List.of(firing().alert()));
      clock.advance(Duration.ofMinutes(2));
      assertThat(journal.newest(1).getFirst().error()).contains("no connection");
      GreenMail back = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
      back.start();
      try {
        clock.advance(Duration.ofHours(1));
        assertThat(back.getReceivedMessages()).hasSize(1);
      } finally {
        back.stop();
      }
    }
  }
}
