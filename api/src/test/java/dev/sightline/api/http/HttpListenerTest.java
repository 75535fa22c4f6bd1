package dev.sightline.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.sightline.api.RawConnection;
import dev.sightline.api.TestServer;
import dev.sightline.api.auth.AuthConfig;
import dev.sightline.api.auth.Permission;
import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.store.StoreUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpListenerTest {
  private static final HttpLimits LIMITS =
      new HttpLimits(
          64,
          8 * 1_024,
          HttpLimits.DEFAULT.headerTime(),
          HttpLimits.DEFAULT.idleTime(),
          100_000,
          4_000_000,
          100);

  private TestServer server;

  @BeforeAll
  void open() {
    Routes routes = new Routes();
    add(routes, "GET", "/hello", _ -> Reply.text(200, "hello"));
    add(routes, "GET", "/echo/{name}", call -> Reply.text(200, call.path("name")));
    add(
        routes,
        "GET",
        "/parameter",
        call -> Reply.text(200, call.parameter("a") + " " + call.parameters("a")));
    add(
        routes,
        "POST",
        "/parameter",
        call -> Reply.text(200, call.parameter("a") + " " + call.parameters("a")));
    add(routes, "POST", "/length", call -> Reply.text(200, "" + call.body().length));
    add(routes, "GET", "/long", _ -> Reply.text(200, "many words ".repeat(10_000)));
    add(routes, "GET", "/nothing", _ -> Reply.empty(204));
    add(
        routes,
        "GET",
        "/bug",
        _ -> {
          throw new IllegalStateException("secret detail");
        });
    add(
        routes,
        "GET",
        "/late-bug",
        _ ->
            Reply.json(
                json -> {
                  json.beginObject();
                  throw new IllegalStateException("secret detail");
                }));
    add(
        routes,
        "GET",
        "/full",
        _ -> {
          throw new StoreUnavailableException("the disk is full", new IOException("ENOSPC"));
        });
    add(
        routes,
        "GET",
        "/bad-query",
        _ -> {
          throw new QueryException.BadQuery(new Position(0, 1), "1:1: parse error: no");
        });
    server = new TestServer(routes, AuthConfig.OFF, LIMITS, null);
  }

  @AfterAll
  void close() {
    server.close();
  }

  private static void add(Routes routes, String method, String path, CallHandler handler) {
    PathTemplate template = PathTemplate.of(path);
    List<Parameter> parameters =
        template.parameters().stream().map(name -> Parameter.path(name, "")).toList();
    routes.add(new Route(method, template, Permission.QUERY, "", parameters, handler));
  }

  private void check(HttpResponse<String> reply, int status, String body) {
    assertThat(reply.body()).isEqualTo(body);
    assertThat(reply.statusCode()).isEqualTo(status);
  }

  private static String error(String type, String message) {
    return "{\"status\":\"error\",\"errorType\":\"" + type + "\",\"error\":\"" + message + "\"}";
  }

  @Test
  void answersARoute() {
    HttpResponse<String> reply = server.get("/hello");
    check(reply, 200, "hello");
    assertThat(reply.headers().map().keySet())
        .contains("content-length", "x-content-type-options", "content-security-policy")
        .doesNotContain("server");
  }

  @Test
  void saysWhatIsMissing() {
    check(server.get("/hullo"), 404, error("not_found", "there is nothing at this path"));
    check(server.get("/hello/"), 404, error("not_found", "there is nothing at this path"));
    check(server.get("/HELLO"), 404, error("not_found", "there is nothing at this path"));
    HttpResponse<String> reply = server.post("/hello", "text/plain", "");
    check(reply, 405, error("bad_data", "method must be one of GET, HEAD here"));
    assertThat(reply.headers().firstValue("Allow")).hasValue("GET, HEAD");
  }

  @Test
  void headIsGetWithoutItsBody() {
    HttpResponse<String> reply =
        server.send(server.to("/hello").method("HEAD", BodyPublishers.noBody()));
    check(reply, 200, "");
    assertThat(reply.headers().firstValue("Content-Length")).hasValue("5");
    check(server.get("/nothing"), 204, "");
  }

  @Test
  void decodesPathsOnceAndRefusesTraversal() {
    check(server.get("/echo/a%20b"), 200, "a b");
    check(server.get("/echo/a+b"), 200, "a+b");
    check(server.get("/echo/%C3%A9"), 200, "é");
    check(server.get("/echo/a%2Fb"), 200, "a/b");
    check(server.get("/echo/%252e%252e"), 200, "%2e%2e");
    check(server.get("/echo/a;b=c"), 200, "a;b=c");
    for (String path :
        List.of(
            "/echo/%2e%2e",
            "/echo/..",
            "/echo/../hello",
            "//hello",
            "/echo//x",
            "/echo/%00",
            "/echo/%0a",
            "/echo/%ff",
            "/echo/%zz",
            "/echo/%",
            "/echo/%u0041",
            "/./hello")) {
      assertThat(
              server.raw(
                  "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
          .as(path)
          .startsWith("HTTP/1.1 400 ")
          .contains("{\"status\":\"error\",\"errorType\":\"bad_data\"");
    }
  }

  @Test
  void readsParametersOfQueryAndForm() {
    check(server.get("/parameter?a=1&a=2%203&b"), 200, "1 [1, 2 3]");
    check(server.get("/parameter?a=x+y"), 200, "x y [x y]");
    check(server.get("/parameter"), 200, "null []");
    String form = "application/x-www-form-urlencoded; charset=utf-8";
    check(server.post("/parameter?a=query", form, "a=f%C3%B6rm"), 200, "förm [förm, query]");
    check(server.post("/parameter?a=query", "text/plain", "a=form"), 200, "query [query]");
    check(server.post("/parameter", form, "a=%ff"), 400, error("bad_data", "form is not UTF-8"));
  }

  @Test
  void limitsBodies() {
    String plain = "text/plain";
    check(server.post("/length", plain, "x".repeat(100_000)), 200, "100000");
    String tooLarge = error("bad_data", "body is larger than the limit of 100000 bytes");
    check(server.post("/length", plain, "x".repeat(100_001)), 413, tooLarge);
    check(server.post("/length", plain, "x".repeat(250_000)), 413, tooLarge);
    check(
        server.post("/nowhere", plain, "x".repeat(250_000)),
        404,
        error("not_found", "there is nothing at this path"));
    check(
        server.send(
            server
                .to("/length")
                .POST(
                    BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(new byte[100_001])))),
        413,
        tooLarge);
  }

  @Test
  void decompressesWithinLimits() throws IOException {
    check(gzipped(new byte[500_000]), 200, "500000");
    check(
        gzipped(new byte[3_000_000]),
        413,
        error("bad_data", "body decompresses to more than 100 times its size"));
    byte[] varied = new byte[5_000_000];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < varied.length; i += 256) {
      varied[i] = (byte) random.nextInt();
    }
    check(
        gzipped(varied),
        413,
        error("bad_data", "decompressed body is larger than the limit of 4000000 bytes"));
    check(
        server.send(
            server
                .to("/length")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofString("this is no gzip"))),
        400,
        error("bad_data", "body is not the gzip that Content-Encoding announces, or ends early"));
    check(
        server.send(
            server
                .to("/length")
                .header("Content-Encoding", "br")
                .POST(BodyPublishers.ofString(""))),
        415,
        error("bad_data", "Content-Encoding must be gzip, deflate or identity, not br"));
  }

  private HttpResponse<String> gzipped(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return server.send(
        server
            .to("/length")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(bytes.toByteArray())));
  }

  @Test
  void compressesForThoseWhoAsk() throws Exception {
    HttpResponse<String> plain = server.get("/long");
    assertThat(plain.body()).hasSize(110_000);
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    try (java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient()) {
      HttpResponse<byte[]> zipped =
          client.send(
              server.to("/long").header("Accept-Encoding", "br, gzip;q=0.5").build(),
              BodyHandlers.ofByteArray());
      assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
      assertThat(zipped.headers().firstValue("Vary")).hasValue("Accept-Encoding");
      byte[] text = new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes();
      assertThat(new String(text, StandardCharsets.UTF_8)).isEqualTo(plain.body());
    }
    assertThat(
            server
                .send(server.to("/long").header("Accept-Encoding", "gzip;q=0"))
                .headers()
                .firstValue("Content-Encoding"))
        .isEmpty();
  }

  @Test
  void failuresBecomeErrorsWithoutDetailsOfThisProgram() {
    String internal = error("internal", "internal error; the server's log says more");
    check(server.get("/bug"), 500, internal);
    check(server.get("/late-bug"), 500, internal);
    check(server.get("/bad-query"), 400, error("bad_data", "1:1: parse error: no"));
    HttpResponse<String> full = server.get("/full");
    check(full, 503, error("unavailable", "the disk is full"));
    assertThat(full.headers().firstValue("Retry-After")).hasValue("1");
  }

  @Test
  void answersOnlyToItsOwnNamesWithoutAuthentication() {
    for (String host : List.of("localhost", "127.0.0.1:9999", "[::1]", "LOCALHOST:80")) {
      assertThat(hello(host)).as(host).startsWith("HTTP/1.1 200 ");
    }
    for (String host : List.of("evil.example", "127.0.0.1.evil.example", "localhost.", "0")) {
      assertThat(hello(host)).as(host).startsWith("HTTP/1.1 403 ").contains("server.auth");
    }
  }

  private String hello(String host) {
    return server.raw("GET /hello HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  }

  @Test
  void answersWhatIsNotThereYetWithUnavailable() {
    server.readiness().notReady("replaying the log, 40 %");
    try {
      check(server.get("/later"), 503, error("unavailable", "starting: replaying the log, 40 %"));
      check(server.get("/hello"), 200, "hello");
    } finally {
      server.readiness().ready();
    }
  }

  @Test
  void countsCallsByRoute() {
    server.get("/echo/anything");
    server.get("/no/such/thing");
    String meters = server.meters().read().toString();
    assertThat(meters).contains("/echo/{name}").doesNotContain("/echo/anything", "/no/such/thing");
  }

  @Test
  void speaksHttp2WithPriorKnowledge() {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      connection.send("\0\0\0\4\0\0\0\0\0");
      String settings = connection.readUntil("\4\0\0\0\0\0");
      assertThat(settings.charAt(3)).as("type of the first frame").isEqualTo((char) 4);
    }
  }

  @Test
  void refusesToListenForStrangersWithoutAuthentication() {
    assertThatThrownBy(
            () -> new HttpConfig("0.0.0.0", 0, null, AuthConfig.OFF, false, HttpLimits.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--i-know-this-is-open")
        .hasMessageContaining("server.auth");
    assertThat(new HttpConfig("0.0.0.0", 0, null, AuthConfig.OFF, true, HttpLimits.DEFAULT))
        .isNotNull();
  }

  @Test
  void saysThatAPortIsTaken() {
    HttpConfig taken =
        new HttpConfig("127.0.0.1", server.port(), null, AuthConfig.OFF, false, HttpLimits.DEFAULT);
    assertThatThrownBy(
            () ->
                HttpListener.open(
                    taken,
                    new Faces(new Routes(), null, server.readiness()),
                    server.meters(),
                    new dev.sightline.model.time.SystemClock(),
                    new dev.sightline.model.time.ThreadScheduler()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cannot listen on 127.0.0.1:" + server.port());
  }

  /// By the id that a client was answered, the lines about its call are found.
  @Test
  void everyAnswerHasAnIdThatStandsBesideTheLinesAboutIt() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(Dispatcher.class);
    Ids lines = new Ids();
    lines.start();
    logger.addAppender(lines);
    Level before = logger.getLevel();
    logger.setLevel(Level.ERROR); // the other tests do not want to see these lines
    try {
      String given = id(server.send(server.to("/bug").header("X-Request-Id", "mine-7")));
      String made = id(server.get("/bug"));
      assertThat(given).isEqualTo("mine-7");
      assertThat(made).hasSize(26);
      assertThat(lines.seen).containsExactly(given, made);
      assertThat(id(server.get("/late-bug"))).isNotEqualTo(made);
      assertThat(id(server.get("/nowhere"))).hasSize(26);
    } finally {
      logger.setLevel(before);
      logger.detachAppender(lines);
    }
  }

  /// Keeps under which id each line was logged.
  private static final class Ids extends AppenderBase<ILoggingEvent> {
    final Queue<String> seen = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      seen.add(event.getMDCPropertyMap().getOrDefault("request_id", ""));
    }
  }

  private static String id(HttpResponse<String> reply) {
    return reply.headers().firstValue("X-Request-Id").orElse("none");
  }
}
