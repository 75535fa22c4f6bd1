package dev.sightline.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.gateway.config.GatewayLimits;
import dev.sightline.gateway.config.UpstreamModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ForwardingTest {
  @Test
  void requestHeadersArriveAsTheyWereSent() throws IOException {
    try (RawServer upstream = RawServer.answeringJson("{}");
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      client.send(
          "POST /sentiment/predict?a=%20b HTTP/1.1\r\nHost: model.example:80\r\n"
              + "x-lower: 1\r\nX-Twice: first\r\nX-MIXED-case: \u00e9\r\nX-Twice: second, third\r\n"
              + "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n"
              + "Cookie: a=1; b=2\r\nAccept-Encoding: gzip, br\r\nuser-agent: curl/8\r\n"
              + "Connection: keep-alive, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nTE: trailers\r\n"
              + "content-type: application/json\r\ncontent-length: 2\r\n\r\n{}");
      assertThat(client.receive().status()).isEqualTo(200);
      HttpMessage seen = upstream.onlyRequest();
      assertThat(seen.startLine()).isEqualTo("POST /invocations?a=%20b HTTP/1.1");
      assertThat(seen.headerLines())
          .containsSubsequence(
              "x-lower: 1",
              "X-Twice: first",
              "X-MIXED-case: \u00e9",
              "X-Twice: second, third",
              "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
              "Cookie: a=1; b=2",
              "Accept-Encoding: gzip, br",
              "User-Agent: curl/8")
          .contains("Host: 127.0.0.1:" + upstream.uri().getPort())
          .noneMatch(line -> line.toLowerCase().matches("(connection|keep-alive|te|x-hop|via):.*"));
      assertThat(seen.header("Content-Type")).containsExactly("application/json");
      assertThat(seen.header("Content-Length")).containsExactly("2");
      assertThat(seen.header("X-Request-Id")).hasSize(1);
      assertThat(seen.headerLines()).hasSize(12);
    }
  }

  @Test
  void responsesComeBackAsTheyWereSent() throws IOException {
    try (RawServer upstream =
            RawServer.answering(
                "HTTP/1.1 418 I'm a teapot\r\nserver: uvicorn\r\nDate: Sat, 01 Aug 2026 00:00:00 GMT\r\n"
                    + "Set-Cookie: a=1\r\nset-cookie: b=2\r\nX-Request-Id: theirs\r\nConnection: x-hop\r\n"
                    + "X-Hop: 1\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\u0001\u00ff\u0000");
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      HttpMessage response = client.post("/predict", "{}");
      assertThat(response.status()).isEqualTo(418);
      assertThat(response.body()).containsExactly(1, -1, 0);
      assertThat(response.headerLines())
          .containsSubsequence(
              "Server: uvicorn",
              "Date: Sat, 01 Aug 2026 00:00:00 GMT",
              "Set-Cookie: a=1",
              "Set-Cookie: b=2",
              "Content-Encoding: gzip")
          .contains("Content-Length: 3")
          .noneMatch(line -> line.matches("(?i)(x-hop|connection):.*"));
      assertThat(response.header("X-Request-Id"))
          .isEqualTo(upstream.onlyRequest().header("X-Request-Id"));
      assertThat(response.headerLines()).hasSize(7);
    }
  }

  @Test
  void aSaneRequestIdIsKeptAndAnyOtherReplaced() throws IOException {
    try (RawServer upstream = RawServer.answeringJson("{}");
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      assertThat(idFor(client, "X-Request-Id: order-7/A.b:c\r\n")).containsExactly("order-7/A.b:c");
      assertThat(idFor(client, "x-request-ID: abc\r\n")).containsExactly("abc");
      for (String insane :
          List.of(
              "",
              "X-Request-Id: \r\n",
              "X-Request-Id: a b\r\n",
              "X-Request-Id: <script>\r\n",
              "X-Request-Id: " + "x".repeat(129) + "\r\n",
              "X-Request-Id: a\r\nX-Request-Id: b\r\n")) {
        assertThat(idFor(client, insane)).hasSize(1).allMatch(id -> id.matches("[0-9A-Z]{26}"));
      }
      assertThat(upstream.requests).allMatch(request -> request.header("X-Request-Id").size() == 1);
    }
  }

  private static List<String> idFor(RawClient client, String header) throws IOException {
    HttpMessage response =
        client.send("GET /ping HTTP/1.1\r\nHost: m\r\n" + header + "\r\n").receive();
    response.body();
    return response.header("X-Request-Id");
  }

  @Test
  void bodiesOfEveryFramingPass() throws IOException {
    try (RawServer upstream =
            new RawServer(
                (request, socket) -> {
                  byte[] body = request.body();
                  RawServer.write(
                      socket,
                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                          + Integer.toHexString(body.length)
                          + "\r\n"
                          + new String(body, UTF_8)
                          + "\r\n0\r\n\r\n");
                });
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      assertThat(client.post("/invocations", "length").text()).isEqualTo("length");
      client.send(
          "POST /invocations HTTP/1.1\r\nHost: m\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n");
      assertThat(client.receive().text()).isEqualTo("abcde");
      client.send("POST /invocations HTTP/1.0\r\nContent-Length: 3\r\n\r\nold");
      HttpMessage old = client.receive();
      assertThat(new String(old.in().readAllBytes(), UTF_8)).isEqualTo("old");
    }
  }

  @Test
  void answersWithoutABodyPass() throws IOException {
    try (RawServer upstream =
            new RawServer(
                (request, socket) ->
                    RawServer.write(
                        socket,
                        request.startLine().startsWith("HEAD")
                            ? "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n"
                            : "HTTP/1.1 204 No Content\r\n\r\n"));
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      HttpMessage head = client.send("HEAD /big HTTP/1.1\r\nHost: m\r\n\r\n").receive();
      assertThat(head.header("Content-Length")).containsExactly("1234");
      assertThat(client.get("/nothing").status()).isEqualTo(204);
      assertThat(client.get("/again").status()).isEqualTo(204);
    }
  }

  @Test
  void anUpstreamIsFoundUnderAnyOfItsAddresses() throws IOException {
    try (RawServer upstream = RawServer.answeringJson("{}");
        TestGateway gateway =
            new TestGateway(
                GatewayLimits.DEFAULT,
                UpstreamModel.mlflow(
                    "m", URI.create("http://localhost:" + upstream.uri().getPort())));
        RawClient client = gateway.connect()) {
      assertThat(client.get("/ping").status()).isEqualTo(200);
      assertThat(upstream.onlyRequest().header("Host"))
          .containsExactly("localhost:" + upstream.uri().getPort());
    }
  }

  @Test
  void oneCallAfterTheOtherNeedsOneConnection() throws IOException {
    try (RawServer upstream = RawServer.answeringJson("{}");
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      for (int i = 0; i < 100; i++) {
        assertThat(client.post("/predict", "{}").text()).isEqualTo("{}");
      }
      // Now and then a second one, where the upstream answers before it has the whole request.
      assertThat(upstream.connections).hasValueLessThanOrEqualTo(2);
    }
  }

  @Test
  void expectedContinueIsAnsweredWhenTheUpstreamTakesTheBody() throws IOException {
    try (RawServer upstream =
            new RawServer(
                (request, socket) -> {
                  request.body();
                  RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                });
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      client.send(
          "POST /invocations HTTP/1.1\r\nHost: m\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(client.receive().status()).isEqualTo(100);
      assertThat(client.send("{}").receive().status()).isEqualTo(200);
      assertThat(upstream.onlyRequest().header("Expect")).isEmpty();
    }
  }

  @Test
  void interimAnswersLeaveNoTrace() throws IOException {
    try (RawServer upstream =
            RawServer.answering(
                "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
                    + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      HttpMessage response = client.post("/predict", "{}");
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.text()).isEqualTo("ok");
      assertThat(response.header("Link")).isEmpty();
    }
  }

  @Test
  void aStreamIsPassedOnPieceByPiece() throws IOException {
    CountDownLatch headersSeen = new CountDownLatch(1);
    CountDownLatch firstSeen = new CountDownLatch(1);
    try (RawServer upstream =
            new RawServer(
                (request, socket) -> {
                  RawServer.write(
                      socket,
                      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                          + "Transfer-Encoding: chunked\r\n\r\n");
                  await(headersSeen);
                  RawServer.write(socket, "9\r\ndata: 1\n\n\r\n");
                  await(firstSeen);
                  RawServer.write(socket, "9\r\ndata: 2\n\n\r\n0\r\n\r\n");
                });
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      HttpMessage response = client.get("/stream");
      assertThat(response.header("Content-Type")).containsExactly("text/event-stream");
      headersSeen.countDown();
      assertThat(new String(response.chunk(), UTF_8)).isEqualTo("data: 1\n\n");
      firstSeen.countDown();
      assertThat(new String(response.chunk(), UTF_8)).isEqualTo("data: 2\n\n");
      assertThat(response.chunk()).isEmpty();
    }
  }

  @Test
  void compressedBodiesStayCompressed() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write("{\"inputs\": [\"x\"]}".getBytes(UTF_8));
    }
    try (RawServer upstream = RawServer.answeringJson("{\"predictions\": [\"y\"]}");
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      client
          .send(
              "POST /invocations HTTP/1.1\r\nHost: m\r\nContent-Encoding: gzip\r\nContent-Length: "
                  + zipped.size()
                  + "\r\n\r\n")
          .send(zipped.toByteArray());
      assertThat(client.receive().status()).isEqualTo(200);
      assertThat(upstream.onlyRequest().body()).isEqualTo(zipped.toByteArray());
      assertThat(gateway.predictions(1).getFirst().features()).containsKey("input");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
