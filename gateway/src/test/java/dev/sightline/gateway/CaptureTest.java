package dev.sightline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.gateway.config.GatewayLimits;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.wire.serving.Protocol;
import dev.sightline.wire.serving.ServingReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CaptureTest {
  private static final String SPLIT =
      "{\"dataframe_split\": {\"columns\": [\"text\"], \"data\": [[\"good\"], [\"bad\"]]}}";

  static GatewayLimits limits(int copyBytes, long copiesBytes, int copiesWaiting) {
    GatewayLimits d = GatewayLimits.DEFAULT;
    return new GatewayLimits(
        d.connections(),
        d.headerBytes(),
        d.headerTime(),
        d.clientIdle(),
        d.keepAlive(),
        d.connectTime(),
        d.silence(),
        d.drainTime(),
        copyBytes,
        copiesBytes,
        copiesWaiting);
  }

  @Test
  void aScoringCallBecomesAPrediction() throws IOException {
    try (RawServer upstream =
            RawServer.answeringJson(
                "{\"predictions\": [{\"label\": \"positive\", \"probabilities\":"
                    + " {\"positive\": 0.75, \"negative\": 0.25}}]}");
        TestGateway gateway =
            new TestGateway(
                GatewayLimits.DEFAULT,
                new UpstreamModel(
                    "sentiment",
                    "7",
                    upstream.uri(),
                    UpstreamModel.Task.CLASSIFICATION,
                    ServingReader.of(Protocol.MLFLOW)));
        RawClient client = gateway.connect()) {
      String body = "{\"inputs\": [{\"text\": \"good\", \"stars\": 4}], \"params\": {\"k\": 3}}";
      client
          .send(
              "POST /predict HTTP/1.1\r\nHost: m\r\nX-Request-Id: call-1\r\ntraceparent: 00-a-b-01\r\n"
                  + "Content-Type: application/json\r\nContent-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body)
          .receive()
          .body();
      Prediction stored = gateway.predictions(1).getFirst();
      assertThat(stored.id()).isEqualTo("call-1");
      assertThat(stored.model()).isEqualTo("sentiment");
      assertThat(stored.version()).isEqualTo("7");
      assertThat(stored.features())
          .isEqualTo(Map.of("text", new Datum.Text("good"), "stars", new Datum.Amount(4)));
      assertThat(stored.output()).isEqualTo(new Datum.Text("positive"));
      assertThat(stored.confidence()).isEqualTo(0.75);
      assertThat(stored.probabilities()).containsEntry("negative", 0.25);
      double latencyMs = Objects.requireNonNull(stored.latencyMs());
      assertThat(latencyMs).isPositive();
      assertThat(latencyMs * 1e3).isCloseTo(Math.rint(latencyMs * 1e3), within(1e-6));
      assertThat(stored.tags()).isEqualTo(Map.of("traceparent", "00-a-b-01", "param.k", "3.0"));
      String[] model = {"model", "sentiment", "version", "7"};
      gateway.awaitMeter(1, "prediction_success_total", model);
      gateway.awaitMeter(0.75, "model_confidence_score", model);
      gateway.awaitMeter(1, "model_predictions_total", "prediction", "positive");
      gateway.awaitMeter(1, "model_inference_duration_seconds_count", model);
      gateway.awaitMeter(1, "model_prediction_confidence_count", model);
      gateway.awaitMeter(
          1, "http_requests_total", "method", "POST", "endpoint", "/predict", "status", "200");
      gateway.awaitMeter(body.length(), "http_request_size_bytes_sum");
      assertThat(gateway.meter("http_requests_throughput")).isPositive();
    }
  }

  @Test
  void rowsOfOneCallAreNumbered() throws IOException {
    try (RawServer upstream = RawServer.answeringJson("{\"predictions\": [1, 0]}");
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      String id = client.post("/invocations", SPLIT).header("X-Request-Id").getFirst();
      assertThat(gateway.predictions(2))
          .extracting(Prediction::id)
          .containsExactly(id + "-0", id + "-1");
      gateway.awaitMeter(1, "model_predictions_total", "prediction", "1");
      gateway.awaitMeter(1, "prediction_success_total");
    }
  }

  @Test
  void failedAndUnreadableCallsStoreNothing() throws IOException {
    try (RawServer upstream =
            new RawServer(
                (request, socket) -> {
                  String status = request.text().contains("fail") ? "500 Oops" : "200 OK";
                  RawServer.write(socket, "HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\n{]");
                });
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      client.post("/predict", "fail").body();
      client.post("/predict", SPLIT).body();
      client.get("/ping").body();
      TestGateway.await(
          () -> gateway.meter("sightline_gateway_unreadable_total", "part", "response") == 1,
          "the answer to be found unreadable");
      gateway.awaitMeter(1, "prediction_failure_total");
      gateway.awaitMeter(1, "prediction_success_total");
      gateway.awaitMeter(3, "sightline_gateway_captured_total");
      assertThat(gateway.sink.stored).isEmpty();
    }
  }

  @Test
  void anUnreadableRequestStillHasItsPrediction() throws IOException {
    try (RawServer upstream = RawServer.answeringJson("{\"predictions\": [\"cat\"]}");
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      client
          .send(
              "POST /predict HTTP/1.1\r\nHost: m\r\nContent-Type: image/png\r\nContent-Length: 4\r\n\r\nPNG!")
          .receive()
          .body();
      Prediction stored = gateway.predictions(1).getFirst();
      assertThat(stored.features()).isEmpty();
      assertThat(stored.output()).isEqualTo(new Datum.Text("cat"));
      gateway.awaitMeter(1, "sightline_gateway_unreadable_total", "part", "request");
    }
  }

  @Test
  void whatIsTooLargeIsNotCopied() throws IOException {
    try (RawServer upstream = RawServer.answeringJson("{\"predictions\": [1]}");
        TestGateway gateway =
            new TestGateway(
                limits(1_000, 64 << 20, 10), UpstreamModel.mlflow("m", upstream.uri()));
        RawClient client = gateway.connect()) {
      client.post("/predict", "{\"inputs\": [\"" + "x".repeat(2_000) + "\"]}").body();
      client.post("/predict", "{\"inputs\": [\"x\"]}").body();
      gateway.predictions(1);
      gateway.awaitMeter(1, "sightline_gateway_dropped_total", "reason", "too_large");
      accountsForAll(gateway, 2);
    }
  }

  @Test
  void aStoreThatHangsCostsCopiesAndNoCall() throws IOException {
    int calls = 60;
    try (RawServer upstream = RawServer.answeringJson("{\"predictions\": [1]}");
        TestGateway gateway =
            new TestGateway(
                limits(256 << 10, 64 << 20, 8), UpstreamModel.mlflow("m", upstream.uri()));
        RawClient client = gateway.connect()) {
      gateway.sink.calls.drainPermits();
      for (int i = 0; i < calls; i++) {
        HttpMessage response = client.post("/predict", "{\"inputs\": [\"x\"]}");
        assertThat(response.status()).isEqualTo(200);
        response.body();
      }
      assertThat(gateway.meter("sightline_gateway_dropped_total", "reason", "queue_full"))
          .isGreaterThan(0);
      gateway.sink.calls.release(calls);
      accountsForAll(gateway, calls);
      int captured = (int) gateway.meter("sightline_gateway_captured_total");
      assertThat(gateway.predictions(captured)).hasSize(captured);
    }
  }

  @Test
  void copiesBeyondTheirMemoryAreDropped() throws IOException {
    try (RawServer upstream = RawServer.answeringJson("{\"predictions\": [1]}");
        TestGateway gateway =
            new TestGateway(
                limits(256 << 10, 8_000, 100), UpstreamModel.mlflow("m", upstream.uri()));
        RawClient client = gateway.connect()) {
      gateway.sink.calls.drainPermits();
      for (int i = 0; i < 20; i++) {
        client.post("/predict", "{\"inputs\": [\"x\"]}").body();
      }
      assertThat(gateway.meter("sightline_gateway_dropped_total", "reason", "memory"))
          .isGreaterThan(0);
      assertThat(gateway.meter("sightline_gateway_copies_bytes")).isLessThanOrEqualTo(8_000);
      gateway.sink.calls.release(100);
      accountsForAll(gateway, 20);
      TestGateway.await(
          () -> gateway.meter("sightline_gateway_copies_bytes") == 0,
          "the memory to be given back");
    }
  }

  @Test
  void aStoreThatFailsIsCountedAndLeavesTheSeriesAlone() throws IOException {
    try (RawServer upstream =
            RawServer.answeringJson(
                "{\"predictions\": [{\"label\": \"a\", \"confidence\": 0.5}]}");
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      gateway.sink.failure = new StoreUnavailableException("disk full", new IOException());
      assertThat(client.post("/predict", "{\"inputs\": [\"x\"]}").status()).isEqualTo(200);
      TestGateway.await(
          () ->
              gateway.meter(
                      "sightline_gateway_predictions_lost_total", "reason", "store_unavailable")
                  == 1,
          "the loss to be counted");
      gateway.awaitMeter(0.5, "model_confidence_score");
    }
  }

  @Test
  void anErrorEndsNoThreadThatReadsCopies() throws IOException {
    try (RawServer upstream = RawServer.answeringJson("{\"predictions\": [\"y\"]}");
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      gateway.sink.error = new StackOverflowError("on purpose");
      for (int i = 1; i <= 5; i++) {
        double bugs = i;
        client.post("/predict", "{\"inputs\": [\"x\"]}");
        TestGateway.await(
            () -> gateway.meter("sightline_gateway_capture_bugs_total") == bugs, "the bug");
      }
      gateway.sink.error = null;
      client.post("/predict", "{\"inputs\": [\"x\"]}");
      assertThat(gateway.predictions(1)).hasSize(1);
    }
  }

  @Test
  void theSeriesOfAModelBeginAtZero() throws IOException {
    try (RawServer upstream = RawServer.answeringJson("{}");
        TestGateway gateway = TestGateway.before(upstream)) {
      List<String> names = gateway.registry.read().stream().map(family -> family.name()).toList();
      assertThat(names)
          .contains(
              "prediction_success_total",
              "prediction_failure_total",
              "http_requests_total",
              "active_requests",
              "http_requests_throughput",
              "sightline_gateway_proxied_total",
              "sightline_gateway_captured_total",
              "sightline_gateway_dropped_total")
          .doesNotContain("model_confidence_score", "model_predictions_total");
      assertThat(gateway.meter("prediction_failure_total")).isZero();
    }
  }

  private static void accountsForAll(TestGateway gateway, int calls) {
    TestGateway.await(
        () -> gateway.meter("sightline_gateway_proxied_total") == calls, calls + " calls proxied");
    assertThat(
            gateway.meter("sightline_gateway_captured_total")
                + gateway.meter("sightline_gateway_dropped_total"))
        .isEqualTo(calls);
  }
}
