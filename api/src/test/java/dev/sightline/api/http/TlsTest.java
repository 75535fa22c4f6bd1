package dev.sightline.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.api.auth.AuthConfig;
import dev.sightline.api.auth.Permission;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.time.SystemClock;
import dev.sightline.model.time.ThreadScheduler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final Path FILES = Path.of("src/test/resources/tls");
  private static final HttpConfig.Tls TLS =
      new HttpConfig.Tls(FILES.resolve("cert.pem"), FILES.resolve("key.pem"));

  private static HttpListener open(HttpConfig.Tls tls) {
    return open(tls, HttpLimits.DEFAULT, _ -> Reply.text(200, "hello"));
  }

  private static HttpListener open(HttpConfig.Tls tls, HttpLimits limits, CallHandler hello) {
    Routes routes = new Routes();
    routes.add(new Route("GET", PathTemplate.of("/hello"), Permission.QUERY, "", List.of(), hello));
    return HttpListener.open(
        new HttpConfig("127.0.0.1", 0, tls, AuthConfig.OFF, false, limits),
        new Faces(routes, null, new Readiness("the test")),
        new MeterRegistry(),
        new SystemClock(),
        new ThreadScheduler());
  }

  @Test
  void speaksBothVersionsThroughTls() throws Exception {
    try (HttpListener listener = open(TLS)) {
      for (HttpClient.Version version : HttpClient.Version.values()) {
        if (version.name().equals("HTTP_3")) {
          continue;
        }
        HttpResponse<String> reply = hello(listener.port(), version);
        assertThat(reply.version()).isEqualTo(version);
        assertThat(reply.body()).isEqualTo("hello");
        assertThat(reply.headers().firstValue("Strict-Transport-Security"))
            .hasValue("max-age=31536000");
      }
    }
  }

  /// They are told that nothing more comes: by TLS's own end, or by HTTP/2's `GOAWAY`.
  @Test
  void clientsThatKeepTheirConnectionsAreLetGo() throws Exception {
    List<HttpClient> clients = new ArrayList<>();
    long startNs;
    try (HttpListener listener = open(TLS)) {
      for (HttpClient.Version version : List.of(Version.HTTP_1_1, Version.HTTP_2)) {
        HttpClient client = HttpClient.newBuilder().sslContext(trusting()).version(version).build();
        clients.add(client);
        URI uri = URI.create("https://127.0.0.1:" + listener.port() + "/hello");
        client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      }
      startNs = System.nanoTime();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(Duration.ofSeconds(6));
    clients.forEach(HttpClient::close);
  }

  /// The server's idle time is what is tested here, and it runs on the machine's clock.
  @Test
  void anAnswerMayTakeLongerThanAConnectionMayBeIdle() throws Exception {
    HttpLimits hasty =
        new HttpLimits(
            10, 8_192, Duration.ofSeconds(1), Duration.ofMillis(200), 10_000, 10_000, 100);
    CountDownLatch never = new CountDownLatch(1);
    CallHandler slow =
        _ -> {
          try {
            return Reply.text(200, "late: " + never.await(900, TimeUnit.MILLISECONDS));
          } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
          }
        };
    try (HttpListener listener = open(TLS, hasty, slow)) {
      assertThat(hello(listener.port(), HttpClient.Version.HTTP_2).body()).isEqualTo("late: false");
      assertThat(hello(listener.port(), HttpClient.Version.HTTP_1_1).body())
          .isEqualTo("late: false");
    }
  }

  private static HttpResponse<String> hello(int port, HttpClient.Version version) throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(trusting()).version(version).build()) {
      URI uri = URI.create("https://127.0.0.1:" + port + "/hello");
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  private static SSLContext trusting() throws Exception {
    KeyStore store = PemFiles.keyStore(TLS);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", store.getCertificate("server"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void saysWhichFileCannotBeUsed(@TempDir Path folder) throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.pem"), "no PEM");
    Path missing = folder.resolve("missing.pem");
    assertThatThrownBy(() -> open(new HttpConfig.Tls(missing, TLS.key())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot read " + missing);
    assertThatThrownBy(() -> open(new HttpConfig.Tls(broken, TLS.key())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("certificate in " + broken);
    assertThatThrownBy(() -> open(new HttpConfig.Tls(TLS.certificate(), broken)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no PKCS #8 key in " + broken);
    Path strange = folder.resolve("strange.pem");
    byte[] key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate().getEncoded();
    Files.writeString(
        strange,
        "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(key)));
    assertThatThrownBy(() -> open(new HttpConfig.Tls(TLS.certificate(), strange)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the key in " + strange + " does not fit the certificate");
  }
}
