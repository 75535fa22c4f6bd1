package dev.sightline.alerting.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sightline.alerting.notify.NotSentException;
import dev.sightline.alerting.notify.NotSentException.Hope;
import dev.sightline.alerting.notify.text.NotificationTemplate;
import dev.sightline.model.label.Labels;
import dev.sightline.wire.outgoing.Authorization.Source;
import dev.sightline.wire.outgoing.TlsSettings;
import dev.sightline.wire.yaml.Secret;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Conversations with servers that do what no polite one does.
class SmtpCallTest {
  private static final String PASSWORD = "changeit";
  private static final SmtpCall.Limits SHORT =
      new SmtpCall.Limits(Duration.ofSeconds(1), Duration.ofMillis(400), Duration.ofMillis(1_200));

  @TempDir private static Path folder;
  private static SSLContext serverTls;
  private PlayedServer server;

  @BeforeAll
  static void makeCertificate() throws Exception {
    keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=mail.example",
        "-ext",
        "san=dns:mail.example");
    keytool("-exportcert", "-rfc", "-file", "ca.pem");
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD.toCharArray());
    serverTls = SSLContext.getInstance("TLS");
    serverTls.init(keys.getKeyManagers(), null, null);
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", "keys.p12", "-storepass", PASSWORD, "-alias", "server"));
    Process process = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  @BeforeEach
  void open() throws IOException {
    server = new PlayedServer(serverTls);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private MailChannel channel(@Nullable MailLogin login, @Nullable TlsSettings tls, String to) {
    MailServer to127 =
        new MailServer(
            "127.0.0.1",
            server.port(),
            "watch.example",
            login,
            false,
            tls != null,
            tls == null ? TlsSettings.DEFAULT : tls);
    MailConfig config =
        new MailConfig(
            to127,
            true,
            template("watch@example.org"),
            template(to),
            Map.of(),
            template(""),
            template("."));
    try {
      return new MailChannel(config, () -> "http://here", SHORT);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static NotificationTemplate template(String text) {
    return new NotificationTemplate(text, List.of());
  }

  private static void send(MailChannel channel) {
    Labels labels = Labels.of("alertname", "Down");
    channel.send(Alerts.of(labels, Alerts.firing(labels, Labels.EMPTY)));
  }

  private static NotSentException failure(MailChannel channel) {
    return catchThrowableOfType(NotSentException.class, () -> send(channel));
  }

  private static Source given(String secret) {
    return new Source.Given(new Secret(secret));
  }

  private static TlsSettings trusting(@Nullable String name) {
    return new TlsSettings(folder.resolve("ca.pem"), name, false, null, null);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void startsTlsBeforeItLogsIn() {
    server.offers = List.of("STARTTLS");
    server.offersOverTls = List.of("AUTH PLAIN LOGIN");
    server.answers.put("AUTH PLAIN", "235 welcome");
    MailLogin login = new MailLogin("user", given("pass"), null, "boss");
    send(channel(login, trusting("mail.example"), "a@example.org"));
    assertThat(server.heard)
        .containsSubsequence(
            "EHLO watch.example",
            "STARTTLS",
            "EHLO watch.example",
            "AUTH PLAIN " + base64("boss\0user\0pass"),
            "MAIL FROM:<watch@example.org>",
            "RCPT TO:<a@example.org>",
            "DATA",
            "QUIT");
    assertThat(server.mails).singleElement().asString().endsWith("\n\n.\n");
  }

  @Test
  void trustsNoOtherServer() {
    server.offers = List.of("STARTTLS");
    NotSentException wrongName = failure(channel(null, trusting(null), "a@example.org"));
    assertThat(wrongName.hope()).isEqualTo(Hope.LATER);
    assertThat(wrongName).hasMessageContaining("127.0.0.1");
    assertThat(failure(channel(null, TlsSettings.DEFAULT, "a@example.org")).reason())
        .contains("certification path");
    assertThat(server.mails).isEmpty();
  }

  @Test
  void saysNothingWithoutTheTlsThatIsRequired() {
    MailLogin login = new MailLogin("user", given("pass"), null, "");
    server.offers = List.of("AUTH PLAIN");
    NotSentException open = failure(channel(login, trusting("mail.example"), "a@example.org"));
    assertThat(open).hasMessageContaining("STARTTLS is required");
    assertThat(server.heard).doesNotContain("DATA").noneMatch(each -> each.startsWith("AUTH"));
  }

  @Test
  void logsInByTheFirstWayThatHasASecret() {
    server.offers = List.of("AUTH XOAUTH2 CRAM-MD5 LOGIN PLAIN");
    server.answers.put("AUTH LOGIN", "334 VXNlcm5hbWU6");
    server.answers.put(base64("user"), "334 UGFzc3dvcmQ6");
    server.answers.put(base64("pass"), "235 welcome");
    send(channel(new MailLogin("user", given("pass"), null, ""), null, "a@example.org"));
    assertThat(server.mails).hasSize(1);

    // The example of RFC 2195.
    server.answers.put(
        "AUTH CRAM-MD5", "334 PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+");
    server.answers.put("dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw", "235 welcome");
    send(channel(new MailLogin("tim", null, given("tanstaaftanstaaf"), ""), null, "a@example.org"));
    assertThat(server.mails).hasSize(2);

    NotSentException none =
        failure(channel(new MailLogin("user", null, null, ""), null, "a@example.org"));
    assertThat(none.hope()).isEqualTo(Hope.NONE);
    assertThat(none).hasMessageContaining("XOAUTH2 CRAM-MD5 LOGIN PLAIN");
  }

  @Test
  void sendsNoPasswordOverAnOpenLineToOthers() throws Exception {
    server.offers = List.of("AUTH PLAIN");
    try (Socket socket = new Socket("127.0.0.1", server.port());
        SMTPTransport transport = new SMTPTransport(Session.getInstance(new Properties()), null)) {
      transport.connect(socket);
      MailLogin login = new MailLogin("user", given("pass"), null, "");
      NotSentException refused =
          catchThrowableOfType(
              NotSentException.class, () -> new SmtpLogin(login, transport, false).run());
      assertThat(refused.hope()).isEqualTo(Hope.NONE);
    }
    assertThat(server.heard).noneMatch(each -> each.startsWith("AUTH"));
  }

  private void fails(String command, String answer, Hope hope, String reason) {
    server.answers.clear();
    server.answers.put(command, answer);
    NotSentException failure = failure(channel(null, null, "a@example.org"));
    assertThat(failure.hope()).as(command + " " + answer).isEqualTo(hope);
    assertThat(failure.reason()).contains(reason).hasSizeLessThan(400);
  }

  @Test
  void tellsWhichFailuresPass() {
    fails("greeting", "421 too busy", Hope.LATER, "421");
    fails("greeting", "554 not you", Hope.NONE, "554");
    fails("MAIL", "451 later", Hope.LATER, "451 later");
    fails("MAIL", "550 no\r\n", Hope.NONE, "550 no");
    fails("RCPT", "450 greylisted", Hope.LATER, "a@example.org: 450 greylisted");
    fails("RCPT", "550 unknown" + "x".repeat(900), Hope.NONE, "550 unknown");
    fails("DATA", "452 disk full", Hope.LATER, "452 disk full");
    fails(".", "554 spam", Hope.NONE, "554 spam");
    fails(".", "451 later", Hope.LATER, "451 later");
    fails("MAIL", PlayedServer.HANG_UP, Hope.LATER, "");
    fails(".", PlayedServer.HANG_UP, Hope.UNKNOWN, "");
    fails("greeting", PlayedServer.SILENCE, Hope.LATER, "in time");
    fails(".", PlayedServer.SILENCE, Hope.UNKNOWN, "in time");
    fails("MAIL", PlayedServer.DRIP, Hope.LATER, "took longer");
    fails(".", PlayedServer.DRIP, Hope.UNKNOWN, "took longer");
  }

  @Test
  void aSlowFarewellChangesNothing() {
    server.answers.put("QUIT", PlayedServer.SILENCE);
    send(channel(null, null, "a@example.org"));
    assertThat(server.mails).hasSize(1);
  }

  @Test
  void triesOnlyThoseAgainWhoMayStillTakeIt() {
    server.answers.put("RCPT TO:<b@", "450 greylisted");
    server.answers.put("RCPT TO:<c@", "550 unknown");
    MailChannel channel = channel(null, null, "a@example.org; b@example.org; c@example.org");
    NotSentException partly = failure(channel);
    assertThat(partly.hope()).isEqualTo(Hope.LATER);
    assertThat(partly).hasMessageStartingWith("sent to 1; recipients refused: b@example.org");
    server.answers.remove("RCPT TO:<b@");
    server.heard.clear();
    assertThat(failure(channel).hope()).isEqualTo(Hope.NONE);
    assertThat(server.heard).contains("RCPT TO:<b@example.org>");
    assertThat(server.heard).doesNotContain("RCPT TO:<a@example.org>");
    assertThat(server.mails).hasSize(2);
  }

  @Test
  void aServerThatIsNotThereHasTakenNothing() {
    MailChannel channel = channel(null, null, "a@example.org");
    server.close();
    assertThat(failure(channel).hope()).isEqualTo(Hope.LATER);
  }
}
