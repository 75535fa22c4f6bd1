package dev.sightline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.gateway.config.Entrance;
import dev.sightline.gateway.config.GatewayConfig;
import dev.sightline.gateway.config.GatewayException;
import dev.sightline.gateway.config.GatewayLimits;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.model.log.LineSink;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.time.SystemClock;
import dev.sightline.model.time.ThreadScheduler;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class GatewayTest {
  @Test
  void metricsAreOurs() throws IOException {
    try (RawServer upstream = RawServer.answeringJson("{}");
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      HttpMessage metrics = client.get("/metrics");
      assertThat(metrics.header("Content-Type"))
          .containsExactly("text/plain; version=0.0.4; charset=utf-8");
      assertThat(metrics.text()).isEqualTo("sightline_test 1\n");
      assertThat(upstream.requests).isEmpty();
      client.get("/sentiment/metrics").body();
      assertThat(upstream.onlyRequest().startLine()).isEqualTo("GET /metrics HTTP/1.1");
    }
  }

  @Test
  void withoutAModelEverythingIs404() throws IOException {
    try (TestGateway gateway = new TestGateway(GatewayLimits.DEFAULT);
        RawClient client = gateway.connect()) {
      HttpMessage response = client.post("/predict", "{}");
      assertThat(response.status()).isEqualTo(404);
      assertThat(response.header("Content-Type")).containsExactly("application/json");
      assertThat(response.text()).contains("\"error\":\"no model behind this gateway");
      gateway.awaitMeter(1, "sightline_gateway_refused_total", "reason", "no_model");
      assertThat(client.get("/metrics").status()).isEqualTo(200);
    }
  }

  @Test
  void otherProtocolsAndMethodsOfProxiesAreRefused() throws IOException {
    try (RawServer upstream = RawServer.answeringJson("{}");
        TestGateway gateway = TestGateway.before(upstream)) {
      assertThat(
              status(
                  gateway,
                  "GET /ws HTTP/1.1\r\nHost: m\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"))
          .isEqualTo(501);
      assertThat(status(gateway, "TRACE / HTTP/1.1\r\nHost: m\r\n\r\n")).isEqualTo(405);
      assertThat(status(gateway, "CONNECT n:443 HTTP/1.1\r\nHost: n:443\r\n\r\n")).isEqualTo(405);
      assertThat(status(gateway, "OPTIONS * HTTP/1.1\r\nHost: m\r\n\r\n")).isEqualTo(405);
      assertThat(upstream.requests).isEmpty();
    }
  }

  @Test
  void anOfferOfHttp2IsNotTakenUp() throws IOException {
    try (RawServer upstream = RawServer.answeringJson("{}");
        TestGateway gateway = TestGateway.before(upstream)) {
      assertThat(
              status(
                  gateway,
                  "GET /ping HTTP/1.1\r\nHost: m\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                      + "Upgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAB\r\n\r\n"))
          .isEqualTo(200);
      assertThat(upstream.onlyRequest().headerLines())
          .noneMatch(line -> line.matches("(?i)(connection|upgrade|http2-settings):.*"));
    }
  }

  @Test
  void otherModelsTakeOverWithoutANewConnection() throws IOException {
    try (RawServer first = RawServer.answeringJson("1");
        RawServer second = RawServer.answeringJson("2");
        TestGateway gateway = TestGateway.before(first);
        RawClient client = gateway.connect()) {
      assertThat(client.get("/x").text()).isEqualTo("1");
      gateway.gateway.reconfigure(
          TestGateway.config(
              GatewayLimits.DEFAULT,
              UpstreamModel.mlflow("other", second.uri()),
              UpstreamModel.mlflow("sentiment", first.uri())));
      assertThat(client.get("/x").text()).isEqualTo("2");
      assertThat(client.get("/sentiment/x").text()).isEqualTo("1");
    }
  }

  @Test
  void closingLetsCallsInFlightEnd() throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    try (RawServer upstream =
        new RawServer(
            (request, socket) -> {
              await(closing);
              RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            })) {
      TestGateway gateway = TestGateway.before(upstream);
      try (RawClient client = gateway.connect()) {
        client.send("POST /predict HTTP/1.1\r\nHost: m\r\nContent-Length: 2\r\n\r\n{}");
        TestGateway.await(() -> !upstream.requests.isEmpty(), "the request");
        int port = gateway.gateway.port();
        Thread closer = Thread.ofPlatform().start(gateway::close);
        TestGateway.await(() -> isRefused(port), "the port to be closed");
        closing.countDown();
        HttpMessage last = client.receive();
        assertThat(last.text()).isEqualTo("ok");
        assertThat(last.header("Connection")).contains("close");
        closer.join();
        assertThat(client.isEnded()).isTrue();
        gateway.awaitMeter(1, "sightline_gateway_proxied_total");
      }
    }
  }

  @Test
  void anAddressThatIsTakenIsSaidSo() throws IOException {
    try (RawServer taken = RawServer.answeringJson("{}")) {
      GatewayConfig config =
          new GatewayConfig(
              new Entrance.Port("127.0.0.1", taken.uri().getPort()),
              List.of(),
              null,
              GatewayLimits.DEFAULT);
      Gateway.Parts parts =
          new Gateway.Parts(
              new MeterRegistry(), LineSink.NOWHERE, new SystemClock(), new ThreadScheduler());
      assertThatThrownBy(() -> Gateway.open(config, parts, new MemorySink(), () -> ""))
          .isInstanceOf(GatewayException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.uri().getPort());
    }
  }

  private static int status(TestGateway gateway, String request) throws IOException {
    try (RawClient client = gateway.connect()) {
      return client.send(request).receive().status();
    }
  }

  private static boolean isRefused(int port) {
    try (RawClient _ = new RawClient(port)) {
      return false;
    } catch (IOException _) {
      return true;
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
