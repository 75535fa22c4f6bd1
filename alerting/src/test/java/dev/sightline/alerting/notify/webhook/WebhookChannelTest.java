package dev.sightline.alerting.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.sightline.alerting.Alert;
import dev.sightline.alerting.notify.NotSentException;
import dev.sightline.alerting.notify.NotSentException.Hope;
import dev.sightline.alerting.notify.Notification;
import dev.sightline.alerting.notify.StatedAlert;
import dev.sightline.model.label.Labels;
import dev.sightline.wire.outgoing.Authorization;
import dev.sightline.wire.outgoing.Authorization.Source;
import dev.sightline.wire.outgoing.TlsSettings;
import dev.sightline.wire.yaml.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookChannelTest {
  private final List<String> bodies = new ArrayList<>();
  private final List<Headers> headers = new ArrayList<>();
  private final CountDownLatch answering = new CountDownLatch(1);
  private volatile int status = 200;
  private volatile String location = "";
  private HttpServer server;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          headers.add(exchange.getRequestHeaders());
          if (status == 0) {
            await();
          }
          exchange.getResponseHeaders().set("Retry-After", "7");
          if (!location.isEmpty()) {
            exchange.getResponseHeaders().set("Location", location);
          }
          exchange.sendResponseHeaders(Math.max(200, status), -1);
          exchange.close();
        });
    server.start();
  }

  private void await() {
    try {
      assertThat(answering.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @AfterEach
  void close() {
    answering.countDown();
    server.stop(0);
  }

  private static StatedAlert alert(
      String startsAt, @Nullable String endsAt, String url, Labels annotations, String... labels) {
    return new StatedAlert(
        new Alert(
            Labels.of(labels),
            annotations,
            Instant.parse(startsAt).toEpochMilli(),
            endsAt == null ? Long.MAX_VALUE : Instant.parse(endsAt).toEpochMilli(),
            url,
            null,
            null),
        endsAt != null);
  }

  private static Notification notification(boolean mayRepeat) {
    Labels summary = Labels.of("summary", "s <b>&");
    return new Notification(
        "id1",
        "hook",
        "{}:{alertname=\"A\", job=\"j\"}",
        Labels.of("alertname", "A", "job", "j"),
        List.of(
            alert(
                "2026-11-21T10:00:00.120Z",
                null,
                "http://x/g?a=1&b=2",
                summary,
                "alertname",
                "A",
                "job",
                "j",
                "n",
                "1"),
            alert(
                "2026-11-21T13:36:27Z",
                "2026-11-21T13:40:00Z",
                "",
                summary,
                "alertname",
                "A",
                "job",
                "j",
                "n",
                "3"),
            alert(
                "2026-11-21T10:00:00Z",
                null,
                "",
                Labels.EMPTY,
                "alertname",
                "A",
                "e",
                "ä\"\\",
                "job",
                "j",
                "n",
                "2")),
        0,
        mayRepeat);
  }

  private void send(String url, @Nullable Authorization authorization, boolean mayRepeat) {
    WebhookConfig config =
        new WebhookConfig(
            new Source.Given(new Secret(url)),
            authorization,
            TlsSettings.DEFAULT,
            true,
            2,
            Duration.ofSeconds(1));
    try (WebhookChannel channel = new WebhookChannel(config, () -> "http://here")) {
      channel.send(notification(mayRepeat));
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  private NotSentException failure(String url) {
    return catchThrowableOfType(NotSentException.class, () -> send(url, null, false));
  }

  private void fails(int status, Hope hope, @Nullable Duration notBefore) {
    this.status = status;
    NotSentException failure = failure(url());
    assertThat(failure.hope()).as("status %d", status).isEqualTo(hope);
    assertThat(failure.notBefore()).as("status %d", status).isEqualTo(notBefore);
  }

  /// The names, their order, fingerprints and forms of times are those that Alertmanager 0.25 sent
  /// for the same alerts.
  @Test
  void tellsWhatAlertmanagerTells() {
    send(url(), null, false);
    assertThat(bodies)
        .containsExactly(
            """
            {"receiver":"hook","status":"firing","alerts":[\
            {"status":"firing","labels":{"alertname":"A","job":"j","n":"1"},"annotations":{"summary":"s <b>&"},\
            "startsAt":"2026-11-21T10:00:00.12Z","endsAt":"0001-01-01T00:00:00Z",\
            "generatorURL":"http://x/g?a=1&b=2","fingerprint":"2fe844d214428f53"},\
            {"status":"resolved","labels":{"alertname":"A","job":"j","n":"3"},"annotations":{"summary":"s <b>&"},\
            "startsAt":"2026-11-21T13:36:27Z","endsAt":"2026-11-21T13:40:00Z",\
            "generatorURL":"","fingerprint":"2fe044d2143abda5"}],\
            "groupLabels":{"alertname":"A","job":"j"},"commonLabels":{"alertname":"A","job":"j"},\
            "commonAnnotations":{},"externalURL":"http://here","version":"4",\
            "groupKey":"{}:{alertname=\\"A\\", job=\\"j\\"}","truncatedAlerts":1}""");
    assertThat(headers.getFirst().getFirst("Content-Type")).isEqualTo("application/json");
    assertThat(headers.getFirst().getFirst("Idempotency-Key")).isEqualTo("id1");
    assertThat(headers.getFirst().get("Sightline-May-Repeat")).isNull();
  }

  @Test
  void showsWhoItIsAndWhatMayRepeat() {
    send(url(), new Authorization.Token("Bearer", new Source.Given(new Secret("t"))), true);
    assertThat(headers.getFirst().getFirst("Authorization")).isEqualTo("Bearer t");
    assertThat(headers.getFirst().getFirst("Sightline-May-Repeat")).isEqualTo("true");
  }

  @Test
  void tellsWhichFailuresPass() {
    fails(400, Hope.NONE, null);
    fails(401, Hope.NONE, null);
    fails(404, Hope.NONE, null);
    fails(429, Hope.LATER, Duration.ofSeconds(7));
    fails(500, Hope.LATER, Duration.ofSeconds(7));
    fails(503, Hope.LATER, Duration.ofSeconds(7));
    fails(0, Hope.UNKNOWN, null);
  }

  @Test
  void followsNoRedirect() {
    location = url();
    fails(302, Hope.NONE, null);
    assertThat(bodies).hasSize(1);
  }

  @Test
  void aServerThatIsNotThereHasTakenNothing() {
    String url = url();
    server.stop(0);
    assertThat(failure(url).hope()).isEqualTo(Hope.LATER);
    assertThat(failure("http://nowhere.invalid/").hope()).isEqualTo(Hope.LATER);
  }

  @Test
  void neverCallsWhereCloudsHandOutCredentials() {
    NotSentException failure = failure("http://169.254.169.254/latest");
    assertThat(failure.hope()).isEqualTo(Hope.NONE);
    assertThat(failure).hasMessageContaining("link-local");
  }
}
