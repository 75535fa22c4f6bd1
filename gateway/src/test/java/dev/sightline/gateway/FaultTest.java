package dev.sightline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.gateway.config.GatewayLimits;
import dev.sightline.gateway.config.UpstreamModel;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultTest {
  private static GatewayLimits impatient() {
    GatewayLimits d = GatewayLimits.DEFAULT;
    return new GatewayLimits(
        d.connections(),
        d.headerBytes(),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        d.keepAlive(),
        Duration.ofMillis(300),
        Duration.ofMillis(300),
        d.drainTime(),
        d.copyBytes(),
        d.copiesBytes(),
        d.copiesWaiting());
  }

  @Test
  void anUpstreamThatAcceptsAndClosesIsAskedOnce() throws IOException {
    try (RawServer upstream = new RawServer((request, socket) -> socket.close());
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      HttpMessage response = client.post("/predict", "{\"inputs\": [1]}");
      assertThat(response.status()).isEqualTo(502);
      assertThat(response.text()).contains("closed the connection without an answer");
      assertThat(response.header("X-Request-Id")).hasSize(1);
      assertThat(client.get("/ping").status()).isEqualTo(502);
      assertThat(upstream.requests).hasSize(2);
      assertThat(upstream.connections).hasValue(2);
      TestGateway.await(
          () -> gateway.meter("http_requests_total", "status", "502") == 2, "two 502 counted");
      gateway.awaitMeter(1, "prediction_failure_total");
      assertThat(gateway.meter("prediction_success_total")).isZero();
    }
  }

  @Test
  void aRefusedConnectionIs502() throws IOException {
    URI nobody;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + closed.getLocalPort());
    }
    try (TestGateway gateway =
            new TestGateway(GatewayLimits.DEFAULT, UpstreamModel.mlflow("m", nobody));
        RawClient client = gateway.connect()) {
      client.post("/predict", "{}").body();
      long startNs = System.nanoTime();
      HttpMessage response = client.post("/predict", "{}");
      assertThat(System.nanoTime() - startNs).isLessThan(Duration.ofSeconds(1).toNanos());
      assertThat(response.status()).isEqualTo(502);
      assertThat(response.text())
          .isEqualTo(
              "{\"status\":\"error\",\"errorType\":\"unavailable\",\"error\":\"the model's server"
                  + " takes no connection\"}\n");
    }
  }

  @Test
  void aConnectionThatIsNotTakenInTimeIs504() throws IOException {
    List<Socket> filling = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      fill(full, filling);
      URI uri = URI.create("http://127.0.0.1:" + full.getLocalPort());
      try (TestGateway gateway = new TestGateway(impatient(), UpstreamModel.mlflow("m", uri));
          RawClient client = gateway.connect()) {
        HttpMessage response = client.post("/predict", "{}");
        assertThat(response.status()).isEqualTo(504);
        assertThat(response.text()).contains("too long to take a connection");
      }
    } finally {
      for (Socket socket : filling) {
        socket.close();
      }
    }
  }

  /// Connects until the queue of connections that wait to be accepted is full.
  private static void fill(ServerSocket server, List<Socket> filling) {
    for (int i = 0; i < 8; i++) {
      Socket socket = new Socket();
      filling.add(socket);
      try {
        socket.connect(server.getLocalSocketAddress(), 200);
      } catch (IOException _) {
        return;
      }
    }
  }

  @Test
  void anUpstreamThatSaysNothingIs504AndTheCallIsEnded() throws IOException {
    try (RawServer upstream = new RawServer((request, socket) -> socket.getInputStream().read());
        TestGateway gateway =
            new TestGateway(impatient(), UpstreamModel.mlflow("m", upstream.uri()));
        RawClient client = gateway.connect()) {
      HttpMessage response = client.post("/predict", "{}");
      assertThat(response.status()).isEqualTo(504);
      assertThat(response.text()).contains("silent");
      assertThat(upstream.requests).hasSize(1);
    }
  }

  @Test
  void anAnswerThatIsNoHttpIs502() throws IOException {
    try (RawServer upstream =
            new RawServer(
                (request, socket) -> {
                  RawServer.write(socket, "SSH-2.0-OpenSSH_9.2\r\n\r\n");
                  socket.close();
                });
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      assertThat(client.post("/predict", "{}").status()).isEqualTo(502);
    }
  }

  @Test
  void anAnswerThatBreaksOffBreaksOffForTheClientToo() throws IOException {
    try (RawServer upstream =
            new RawServer(
                (request, socket) -> {
                  RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npartial");
                  socket.close();
                });
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      HttpMessage response = client.post("/predict", "{}");
      assertThat(response.status()).isEqualTo(200);
      assertThatThrownBy(response::body).isInstanceOfAny(EOFException.class, SocketException.class);
      TestGateway.await(
          () -> gateway.meter("sightline_gateway_dropped_total", "reason", "incomplete") == 1,
          "the copy to be dropped");
    }
  }

  @Test
  void aResetWithinAChunkedAnswerIsNoProperEnd() throws IOException {
    try (RawServer upstream =
            new RawServer(
                (request, socket) -> {
                  RawServer.write(
                      socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
                  socket.setSoLinger(true, 0);
                  socket.close();
                });
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      client.send("POST /predict HTTP/1.1\r\nHost: m\r\nContent-Length: 2\r\n\r\n{}");
      assertThatThrownBy(() -> client.receive().body())
          .isInstanceOfAny(IOException.class, NumberFormatException.class);
    }
  }

  @Test
  void errorsOfTheModelPassThrough() throws IOException {
    String body =
        "{\"error_code\": \"BAD_REQUEST\", \"message\": \"no\", \"stack_trace\": \"...\"}";
    try (RawServer upstream =
            RawServer.answering(
                "HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\n"
                    + "Content-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body);
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      HttpMessage response = client.post("/predict", "{}");
      assertThat(response.status()).isEqualTo(500);
      assertThat(response.text()).isEqualTo(body);
      TestGateway.await(
          () -> gateway.meter("prediction_failure_total", "model", "sentiment") == 1, "a failure");
    }
  }

  @Test
  void aPooledConnectionThatTheUpstreamClosedIsNotUsedAgain() throws IOException {
    try (RawServer upstream =
            new RawServer(
                (request, socket) -> {
                  request.body();
                  RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                  socket.close();
                });
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      for (int i = 0; i < 50; i++) {
        HttpMessage response = client.post("/predict", "{}");
        assertThat(response.status()).as("call %d", i).isEqualTo(200);
        response.body();
        TestGateway.await(upstream::hasNoConnection, "the upstream to close");
      }
      assertThat(upstream.requests).hasSize(50);
    }
  }

  @Test
  void aBodyThatStopsComingIs408() throws IOException {
    GatewayLimits limits = impatient();
    try (RawServer upstream = new RawServer((request, socket) -> request.body());
        TestGateway gateway = new TestGateway(limits, UpstreamModel.mlflow("m", upstream.uri()));
        RawClient client = gateway.connect()) {
      client.send("POST /predict HTTP/1.1\r\nHost: m\r\nContent-Length: 10\r\n\r\n{");
      assertThat(client.receive().status()).isEqualTo(408);
      TestGateway.await(upstream::hasNoConnection, "the upstream's call to end");
    }
  }

  @Test
  void aModelThatThinksLongIsNoIdleClient() throws IOException {
    GatewayLimits limits = impatient();
    GatewayLimits patient =
        new GatewayLimits(
            limits.connections(),
            limits.headerBytes(),
            limits.headerTime(),
            limits.clientIdle(),
            limits.keepAlive(),
            limits.connectTime(),
            Duration.ofSeconds(30),
            limits.drainTime(),
            limits.copyBytes(),
            limits.copiesBytes(),
            limits.copiesWaiting());
    int thinkingMs = 3 * (int) limits.clientIdle().toMillis();
    try (RawServer upstream =
            new RawServer(
                (request, socket) -> {
                  request.body();
                  socket.setSoTimeout(thinkingMs);
                  try {
                    request.in().read();
                  } catch (SocketTimeoutException _) {
                    RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                  }
                });
        TestGateway gateway = new TestGateway(patient, UpstreamModel.mlflow("m", upstream.uri()));
        RawClient client = gateway.connect()) {
      assertThat(client.post("/predict", "{}").text()).isEqualTo("ok");
    }
  }

  @Test
  void headersThatDribbleEndTheConnection() throws IOException {
    try (RawServer upstream = RawServer.answeringJson("{}");
        TestGateway gateway =
            new TestGateway(impatient(), UpstreamModel.mlflow("m", upstream.uri()));
        RawClient client = gateway.connect()) {
      client.post("/predict", "{}").body();
      assertThat(client.send("GET /ping HTTP/1.1\r\nHost: m\r\n").isEnded()).isTrue();
    }
  }
}
