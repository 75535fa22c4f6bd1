package dev.sightline.collect.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.collect.scrape.ScrapeJob.Endpoint;
import dev.sightline.collect.scrape.ScrapeJob.Http;
import dev.sightline.collect.scrape.ScrapeJob.Timing;
import dev.sightline.model.label.Labels;
import dev.sightline.model.time.SystemClock;
import dev.sightline.wire.outgoing.TlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scrapes over TLS, from a server whose certificate the JDK's own tool has made.
class TlsScrapeTest {
  private static final String PASSWORD = "changeit";
  private static final Timing TIMING = new Timing(Duration.ofSeconds(10), Duration.ofSeconds(10));

  private static void keytool(Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", "keys.p12", "-storepass", PASSWORD, "-alias", "server"));
    Process process = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  private static SSLServerSocket server(Path keys) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    SSLServerSocket server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    Thread.ofVirtual().start(() -> serve(server));
    return server;
  }

  private static void serve(SSLServerSocket server) {
    while (!server.isClosed()) {
      try (SSLSocket socket = (SSLSocket) server.accept()) {
        socket.getInputStream().read(new byte[4096]);
        socket.getOutputStream().write(FaultyTarget.ok("a 1\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException _) {
        // A client that does not trust this server hangs up.
      }
    }
  }

  private static String scrape(int port, TlsSettings tls) {
    ScrapeJob plain = ScrapeJob.of("j", TIMING, List.of());
    ScrapeJob job =
        new ScrapeJob(
            "j",
            new Endpoint("https", "/", Map.of(), new Http(null, tls, true, true, Map.of())),
            TIMING,
            plain.reading(),
            plain.limits(),
            plain.relabelling(),
            plain.discovery());
    Target target =
        new Target("j", Labels.EMPTY, Labels.EMPTY, "https://127.0.0.1:" + port + "/", TIMING);
    try (HttpTargetReader reader = new HttpTargetReader(target, job, new SystemClock())) {
      TargetReader.Body body = reader.read(Duration.ofSeconds(10));
      return new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8);
    }
  }

  private static TlsSettings trusting(
      @Nullable Path authorities, @Nullable String name, boolean any) {
    return new TlsSettings(authorities, name, any, null, null);
  }

  @Test
  void trustsWhatItIsToldTo(@TempDir Path folder) throws Exception {
    keytool(
        folder,
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=model.example",
        "-ext",
        "san=dns:model.example");
    keytool(folder, "-exportcert", "-rfc", "-file", "ca.pem");
    Path authorities = folder.resolve("ca.pem");
    try (SSLServerSocket server = server(folder.resolve("keys.p12"))) {
      int port = server.getLocalPort();
      assertThat(scrape(port, trusting(null, null, true))).isEqualTo("a 1\n");
      assertThat(scrape(port, trusting(authorities, "model.example", false))).isEqualTo("a 1\n");
      assertThatThrownBy(() -> scrape(port, TlsSettings.DEFAULT))
          .isInstanceOf(ScrapeException.class)
          .hasMessageContaining("unable to find valid certification path");
      assertThatThrownBy(() -> scrape(port, trusting(authorities, null, false)))
          .isInstanceOf(ScrapeException.class)
          .hasMessageContaining("127.0.0.1");
      assertThatThrownBy(() -> scrape(port, trusting(folder.resolve("none.pem"), null, false)))
          .isInstanceOf(ScrapeException.class)
          .hasMessage("tls_config names " + folder.resolve("none.pem") + ", which is missing");
    }
  }
}
