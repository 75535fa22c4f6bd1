package dev.sightline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.gateway.config.GatewayLimits;
import dev.sightline.gateway.config.HealthCheck;
import dev.sightline.gateway.config.Rivals;
import dev.sightline.gateway.config.Rivals.Challenger;
import dev.sightline.gateway.config.Servers;
import dev.sightline.gateway.config.Servers.Balance;
import dev.sightline.gateway.config.Upstream;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.gateway.config.UpstreamModel.Task;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.wire.serving.Protocol;
import dev.sightline.wire.serving.ServingReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UpstreamsTest {
  private static final String BODY = "{\"inputs\": [{\"x\": 1}]}";
  private static final HealthCheck QUICK =
      new HealthCheck("/ping", Duration.ofMillis(20), Duration.ofSeconds(15), 2, 2);

  /// Never checked within the time of a test.
  private static final HealthCheck NEVER =
      new HealthCheck("/ping", Duration.ofHours(1), Duration.ofSeconds(2), 2, 2);

  private static TestGateway before(HealthCheck health, URI... uris) {
    return new TestGateway(GatewayLimits.DEFAULT, model(health, Rivals.NONE, uris));
  }

  private static UpstreamModel model(HealthCheck health, Rivals rivals, URI... uris) {
    List<Upstream> upstreams = Stream.of(uris).map(uri -> new Upstream(uri, 1)).toList();
    return new UpstreamModel(
        "churn",
        "1",
        new Servers(upstreams, Balance.ROUND_ROBIN, health),
        Task.CLASSIFICATION,
        ServingReader.of(Protocol.MLFLOW),
        rivals);
  }

  private static RawServer answering(String label) {
    return RawServer.answeringJson("{\"predictions\": [\"" + label + "\"]}");
  }

  /// Where nobody listens.
  private static URI nowhere() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + free.getLocalPort());
    }
  }

  @Test
  void callsAreSharedAmongServers() throws IOException {
    try (RawServer first = answering("a");
        RawServer second = answering("b");
        TestGateway gateway = before(NEVER, first.uri(), second.uri());
        RawClient client = gateway.connect()) {
      for (int i = 0; i < 20; i++) {
        assertThat(client.post("/predict", BODY).text()).contains("predictions");
      }
      assertThat(first.requests).hasSize(10);
      assertThat(second.requests).hasSize(10);
    }
  }

  @Test
  void aCallThatFindsNoServerGoesToAnother() throws IOException {
    try (RawServer alive = answering("a");
        TestGateway gateway = before(NEVER, nowhere(), alive.uri());
        RawClient client = gateway.connect()) {
      for (int i = 0; i < 20; i++) {
        HttpMessage answer = client.post("/predict", BODY);
        assertThat(answer.status()).isEqualTo(200);
        answer.body();
        assertThat(client.get("/ping").text()).contains("predictions");
      }
      assertThat(alive.requests).hasSize(40);
      gateway.awaitMeter(40, "http_requests_total", "status", "200");
      gateway.awaitMeter(0, "active_requests");
      // Two refused connections took it out, without a single check.
      assertThat(gateway.meter("sightline_gateway_upstream_up")).isEqualTo(1);
    }
  }

  @Test
  void aSentCallIsNeverRepeated() throws IOException {
    try (RawServer closing =
            new RawServer(
                (request, socket) -> {
                  request.body();
                  socket.close();
                });
        RawServer alive = answering("a");
        TestGateway gateway = before(NEVER, closing.uri(), alive.uri());
        RawClient client = gateway.connect()) {
      int failed = 0;
      for (int i = 0; i < 10; i++) {
        HttpMessage answer = client.post("/predict", BODY);
        failed += answer.status() == 502 ? 1 : 0;
        answer.body();
      }
      assertThat(failed).isEqualTo(5);
      assertThat(closing.requests).hasSize(5);
      assertThat(alive.requests).hasSize(5);
    }
  }

  @Test
  void withoutAnyServerTheClientIsToldAtOnce() throws IOException {
    try (TestGateway gateway = before(NEVER, nowhere(), nowhere());
        RawClient client = gateway.connect()) {
      HttpMessage answer = client.post("/predict", BODY);
      assertThat(answer.status()).isEqualTo(502);
      answer.body();
      assertThat(client.post("/predict", BODY).status()).isEqualTo(502);
      gateway.awaitMeter(0, "active_requests");
    }
  }

  @Test
  void aServerThatFailsItsChecksIsLeftOutAndComesBack() throws IOException {
    AtomicBoolean well = new AtomicBoolean(false);
    try (RawServer sick =
            new RawServer(
                (request, socket) -> {
                  String status =
                      well.get() || !request.startLine().contains("/ping") ? "200 OK" : "500 Sick";
                  RawServer.write(socket, "HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\n{}");
                });
        RawServer healthy = answering("a");
        TestGateway gateway = before(QUICK, sick.uri(), healthy.uri());
        RawClient client = gateway.connect()) {
      String[] ofSick = {"upstream", sick.uri().toString()};
      gateway.awaitMeter(0, "sightline_gateway_upstream_up", ofSick);
      for (int i = 0; i < 10; i++) {
        client.post("/predict", BODY).body();
      }
      assertThat(scored(sick)).isZero();
      assertThat(scored(healthy)).isEqualTo(10);
      well.set(true);
      gateway.awaitMeter(1, "sightline_gateway_upstream_up", ofSick);
      for (int i = 0; i < 10; i++) {
        client.post("/predict", BODY).body();
      }
      assertThat(scored(sick)).isEqualTo(5);
      gateway.gateway.reconfigure(
          TestGateway.config(GatewayLimits.DEFAULT, UpstreamModel.mlflow("m", healthy.uri())));
      assertThat(gateway.meter("sightline_gateway_upstream_up")).isZero();
    }
  }

  private static long scored(RawServer server) {
    return server.requests.stream().filter(r -> r.startLine().startsWith("POST")).count();
  }

  @Test
  void theChallengersAnswersAreItsOwn() throws IOException {
    try (RawServer champion = answering("old");
        RawServer challenger = answering("new")) {
      Rivals rivals =
          new Rivals(
              List.of(new Challenger(RivalsTest.version("2", challenger.uri()), 0.5)),
              "X-User",
              null);
      UpstreamModel model = model(NEVER, rivals, champion.uri());
      try (TestGateway gateway = new TestGateway(GatewayLimits.DEFAULT, model);
          RawClient client = gateway.connect()) {
        for (int i = 0; i < 40; i++) {
          String user = "user-" + i % 10;
          String want = model.rivals().choose(model, user).version().equals("1") ? "old" : "new";
          String answer =
              client
                  .send(
                      "POST /predict HTTP/1.1\r\nHost: m\r\nX-User: %s\r\nContent-Length: %d\r\n\r\n%s"
                          .formatted(user, BODY.length(), BODY))
                  .receive()
                  .text();
          assertThat(answer).contains(want);
        }
        client.get("/ping").body();
        assertThat(scored(champion)).isPositive();
        assertThat(scored(challenger)).isPositive();
        assertThat(gateway.predictions(40))
            .allMatch(p -> p.version().equals("1") == p.output().toString().contains("old"))
            .extracting(Prediction::model)
            .containsOnly("churn");
        gateway.awaitMeter(
            scored(challenger), "prediction_success_total", "model", "churn", "version", "2");
        assertThat(challenger.requests).noneMatch(r -> r.startLine().contains("/ping"));
      }
    }
  }
}
