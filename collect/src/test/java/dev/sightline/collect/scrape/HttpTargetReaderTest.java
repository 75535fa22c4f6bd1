package dev.sightline.collect.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.collect.scrape.ScrapeJob.Endpoint;
import dev.sightline.collect.scrape.ScrapeJob.Http;
import dev.sightline.collect.scrape.ScrapeJob.Limits;
import dev.sightline.collect.scrape.ScrapeJob.Timing;
import dev.sightline.collect.scrape.TargetReader.Body;
import dev.sightline.model.label.Labels;
import dev.sightline.model.time.SystemClock;
import dev.sightline.wire.outgoing.Authorization;
import dev.sightline.wire.outgoing.TlsSettings;
import dev.sightline.wire.yaml.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpTargetReaderTest {
  private static final Timing TIMING = new Timing(Duration.ofSeconds(10), Duration.ofSeconds(10));
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(150);
  private static final int LIMIT = 100_000;

  private FaultyTarget server;

  @BeforeEach
  void start() throws IOException {
    server = new FaultyTarget();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static HttpTargetReader reader(String url, Http http) {
    ScrapeJob plain = ScrapeJob.of("j", TIMING, List.of());
    ScrapeJob job =
        new ScrapeJob(
            "j",
            new Endpoint("http", "/metrics", Map.of(), http),
            TIMING,
            plain.reading(),
            new Limits(LIMIT, 0, 0, 0, 0, 0),
            plain.relabelling(),
            plain.discovery());
    Target target = new Target("j", Labels.EMPTY, Labels.EMPTY, url, TIMING);
    return new HttpTargetReader(target, job, new SystemClock());
  }

  private HttpTargetReader reader(String path) {
    return reader("http://" + server.address() + path, Http.DEFAULT);
  }

  private static String text(Body body) {
    return new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8);
  }

  private String read(String path) {
    try (HttpTargetReader reader = reader(path)) {
      return text(reader.read(LONG));
    }
  }

  private void refused(String path, Duration timeout, String message) {
    try (HttpTargetReader reader = reader(path)) {
      assertThatThrownBy(() -> reader.read(timeout))
          .as(path)
          .isInstanceOf(ScrapeException.class)
          .hasMessageContaining(message);
    }
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(plain);
    }
    return zipped.toByteArray();
  }

  private void zipped(String path, byte[] body) {
    server.on(
        path,
        (_, out) -> {
          out.write(
              ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + body.length)
                  .getBytes(StandardCharsets.US_ASCII));
          out.write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          out.write(body);
        });
  }

  @Test
  void keepsItsConnection() {
    server.on("/metrics", FaultyTarget.ok("a 1\n"));
    try (HttpTargetReader reader = reader("/metrics")) {
      for (int i = 0; i < 3; i++) {
        Body body = reader.read(LONG);
        assertThat(text(body)).isEqualTo("a 1\n");
        assertThat(body.contentType()).isEqualTo("text/plain; version=0.0.4");
      }
    }
    assertThat(server.connections).hasValue(1);
    assertThat(server.requests.getFirst())
        .startsWith("GET /metrics HTTP/1.1\nHost: " + server.address() + "\n")
        .contains("Accept: application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,")
        .contains("Accept-Encoding: gzip\n")
        .contains("X-Prometheus-Scrape-Timeout-Seconds: 10\n");
  }

  @Test
  void connectsAnewWhenTheTargetHasHungUpMeanwhile() {
    server.on(
        "/metrics",
        (socket, out) -> {
          out.write(FaultyTarget.ok("a 1\n").getBytes(StandardCharsets.US_ASCII));
          out.flush();
          socket.close();
        });
    try (HttpTargetReader reader = reader("/metrics")) {
      for (int i = 0; i < 3; i++) {
        assertThat(text(reader.read(LONG))).isEqualTo("a 1\n");
      }
    }
    assertThat(server.connections).hasValue(3);
  }

  @Test
  void readsEveryKindOfBody() throws IOException {
    String head = "HTTP/1.1 200 OK\r\n";
    server.on(
        "/chunked",
        head + "Transfer-Encoding: chunked\r\n\r\n3;x=y\r\na 1\r\n1\r\n\n\r\n0\r\nT: 1\r\n\r\n");
    server.on(
        "/close",
        (socket, out) -> {
          out.write("HTTP/1.0 200 OK\r\n\r\na 1\n".getBytes(StandardCharsets.US_ASCII));
          socket.close();
        });
    server.on("/continue", "HTTP/1.1 100 Continue\r\n\r\n" + FaultyTarget.ok("a 1\n"));
    server.on("/lf", head.replace("\r", "") + "content-length: 4\n\na 1\n");
    zipped("/gzip", gzip("a 1\n".getBytes(StandardCharsets.UTF_8)));
    for (String path : List.of("/chunked", "/close", "/continue", "/lf", "/gzip")) {
      try (HttpTargetReader reader = reader(path)) {
        assertThat(text(reader.read(LONG))).as(path).isEqualTo("a 1\n");
        assertThat(text(reader.read(LONG))).as(path + " again").isEqualTo("a 1\n");
      }
    }
    assertThat(server.connections).as("only /close ends its connection").hasValue(6);
  }

  @Test
  void growsToTheLimitAndNotBeyond() throws IOException {
    server.on("/limit", FaultyTarget.ok("x".repeat(LIMIT)));
    assertThat(read("/limit")).hasSize(LIMIT);
    String tooLarge = "body of more than 100000 bytes, the limit is body_size_limit";
    server.on("/more", FaultyTarget.ok("x".repeat(LIMIT + 1)));
    refused("/more", LONG, tooLarge);
    zipped("/bomb", gzip(new byte[50_000_000]));
    refused("/bomb", LONG, tooLarge);
    server.on(
        "/2gb", "HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n" + "x".repeat(200_000));
    refused("/2gb", LONG, tooLarge);
    server.on("/endless", (_, out) -> endless(out));
    refused("/endless", LONG, tooLarge);
  }

  private static void endless(OutputStream out) throws IOException {
    out.write(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    while (true) {
      out.write("4\r\na 1\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void endsAtTheDeadlineHoweverBytesDrip() {
    String late = "no complete answer within 150ms (scrape_timeout)";
    server.on("/silent", (socket, _) -> awaitEnd(socket));
    refused("/silent", SHORT, late);
    server.on("/drip", HttpTargetReaderTest::drip);
    long startNs = System.nanoTime();
    refused("/drip", SHORT, late);
    assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(Duration.ofSeconds(5));
    server.on(
        "/half",
        (socket, out) -> {
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\na 1"
                  .getBytes(StandardCharsets.US_ASCII));
          awaitEnd(socket);
        });
    refused("/half", SHORT, late);
  }

  private static void awaitEnd(Socket socket) throws IOException {
    assertThat(socket.getInputStream().read()).isNegative();
  }

  private static void drip(Socket socket, OutputStream out)
      throws IOException, InterruptedException {
    out.write(
        "HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    while (!socket.isClosed()) {
      out.write('a');
      out.flush();
      Thread.sleep(10);
    }
  }

  @Test
  void saysWhatIsWrongWithAnAnswer() throws IOException {
    refused("/nothing", LONG, "server returned HTTP status 404 Not Found");
    server.on("/500", "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n");
    refused("/500", LONG, "server returned HTTP status 500 Internal Server Error");
    server.on("/ssh", "SSH-2.0-OpenSSH_9.2\r\n");
    refused("/ssh", LONG, "the answer is not HTTP/1.1");
    server.on("/hangup", (socket, _) -> socket.close());
    refused("/hangup", LONG, "the connection was closed before the answer was complete");
    server.on("/reset", (socket, _) -> reset(socket));
    refused("/reset", LONG, "onnection");
    server.on(
        "/short",
        (socket, out) -> {
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\na 1"
                  .getBytes(StandardCharsets.US_ASCII));
          socket.close();
        });
    refused(
        "/short", LONG, "the body is broken: the body ended 6 bytes before its announced length");
    server.on("/chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
    refused("/chunk", LONG, "the body is broken: the length of a chunk is \"zz\"");
    zipped("/notgzip", "a 1\n".getBytes(StandardCharsets.UTF_8));
    refused("/notgzip", LONG, "the body is broken: Not in GZIP format");
    server.on("/header", "HTTP/1.1 200 OK\r\nX: " + "y".repeat(10_000) + "\r\n\r\n");
    refused("/header", LONG, "a header line of more than 8192 bytes");
    server.on("/headers", "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(300) + "\r\n");
    refused("/headers", LONG, "more than 200 header lines");
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Test
  void followsThreeRedirects() {
    server.on("/0", redirect("/1"));
    server.on("/1", redirect("/2"));
    server.on("/2", redirect("http://" + server.address() + "/3"));
    server.on("/3", FaultyTarget.ok("a 1\n"));
    assertThat(read("/0")).isEqualTo("a 1\n");
    server.on("/loop", redirect("/loop"));
    refused("/loop", LONG, "more than 3 redirects");
    server.on("/file", redirect("file:///etc/passwd"));
    refused("/file", LONG, "is not a URL of http or https");
    server.on("/cloud", redirect("http://169.254.169.254/latest/meta-data"));
    refused("/cloud", LONG, "never scraped: 169.254.169.254 is a link-local address");
    Http stays = new Http(null, TlsSettings.DEFAULT, false, true, Map.of());
    try (HttpTargetReader reader = reader("http://" + server.address() + "/0", stays)) {
      assertThatThrownBy(() -> reader.read(LONG))
          .hasMessage("server returned HTTP status 302 Found");
    }
  }

  private static String redirect(String to) {
    return "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + to + "\r\n\r\n";
  }

  @Test
  void leavesCredentialsWithTheirHost() throws IOException {
    Http secret =
        new Http(
            new Authorization.Token("Bearer", new Authorization.Source.Given(new Secret("t0ken"))),
            TlsSettings.DEFAULT,
            true,
            false,
            Map.of("X-Key", new Secret("k\r\nEvil: 1")));
    try (FaultyTarget other = new FaultyTarget()) {
      other.on("/", FaultyTarget.ok("a 1\n"));
      server.on("/metrics", redirect("http://" + other.address() + "/"));
      try (HttpTargetReader reader = reader("http://" + server.address() + "/metrics", secret)) {
        assertThat(text(reader.read(LONG))).isEqualTo("a 1\n");
      }
      assertThat(server.requests.getFirst())
          .contains("Authorization: Bearer t0ken\n", "X-Key: kEvil: 1\n")
          .contains("Accept-Encoding: identity\n");
      assertThat(other.requests.getFirst()).doesNotContain("t0ken", "X-Key");
    }
  }

  @Test
  void readsASecretFromItsFileAtEveryScrape(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("password");
    Http http =
        new Http(
            new Authorization.Basic(
                new Authorization.Source.Given(new Secret("u")),
                new Authorization.Source.InFile(file)),
            TlsSettings.DEFAULT,
            true,
            true,
            Map.of());
    server.on("/metrics", FaultyTarget.ok("a 1\n"));
    try (HttpTargetReader reader = reader("http://" + server.address() + "/metrics", http)) {
      assertThatThrownBy(() -> reader.read(LONG))
          .hasMessage("the secret in " + file + " cannot be read");
      for (String password : List.of("one", "two")) {
        Files.writeString(file, password + "\n");
        reader.read(LONG);
      }
    }
    assertThat(server.requests.get(0)).contains("Authorization: Basic dTpvbmU=\n");
    assertThat(server.requests.get(1)).contains("Authorization: Basic dTp0d28=\n");
  }

  @Test
  void saysWhyItCannotConnect() throws IOException {
    try (Socket boundAndDeaf = new Socket()) {
      boundAndDeaf.bind(new InetSocketAddress("127.0.0.1", 0));
      String address = "127.0.0.1:" + boundAndDeaf.getLocalPort();
      try (HttpTargetReader reader = reader("http://" + address + "/", Http.DEFAULT)) {
        assertThatThrownBy(() -> reader.read(LONG))
            .hasMessage("connect to " + address + ": Connection refused");
      }
    }
    try (HttpTargetReader reader = reader("http://no-such-host.invalid:1/", Http.DEFAULT)) {
      assertThatThrownBy(() -> reader.read(LONG))
          .hasMessage("the host no-such-host.invalid has no address");
    }
    assertThatThrownBy(() -> reader("http://a:99999/", Http.DEFAULT))
        .hasMessage("\"99999\" is not a port");
    assertThatThrownBy(() -> reader("ftp://a/", Http.DEFAULT))
        .hasMessage("\"ftp://a/\" is not a URL of http or https");
  }
}
