package dev.sightline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.gateway.config.GatewayLimits;
import dev.sightline.gateway.config.Rivals;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.gateway.config.UpstreamModel.Task;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.wire.serving.Protocol;
import dev.sightline.wire.serving.ServingReader;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class ShadowsTest {
  private static final String SHADOW = "sightline_gateway_shadow_calls_total";

  private static TestGateway before(RawServer model, URI shadow) {
    ServingReader reader = ServingReader.of(Protocol.MLFLOW);
    UpstreamModel other =
        new UpstreamModel("churn-shadow", "2", shadow, Task.CLASSIFICATION, reader);
    UpstreamModel plain = new UpstreamModel("churn", "1", model.uri(), Task.CLASSIFICATION, reader);
    return new TestGateway(
        GatewayLimits.DEFAULT,
        new UpstreamModel(
            "churn",
            "1",
            plain.servers(),
            plain.task(),
            reader,
            new Rivals(List.of(), null, other)));
  }

  private static String body(int rows) {
    return "{\"inputs\": [" + "{\"x\": 1}, ".repeat(rows - 1) + "{\"x\": 1}]}";
  }

  @Test
  void theShadowsAnswerIsStoredAndComparedAndReachesNobody() throws IOException {
    try (RawServer model =
            RawServer.answeringJson("{\"predictions\": [\"a\", \"b\", \"a\", \"a\"]}");
        RawServer shadow =
            RawServer.answeringJson("{\"predictions\": [\"a\", \"a\", \"a\", \"a\"]}");
        TestGateway gateway = before(model, shadow.uri());
        RawClient client = gateway.connect()) {
      assertThat(client.post("/predict", body(4)).text()).contains("\"b\"");
      List<Prediction> stored = gateway.predictions(8);
      List<Prediction> shadowed =
          stored.stream().filter(p -> p.model().equals("churn-shadow")).toList();
      List<Prediction> answered = stored.stream().filter(p -> p.model().equals("churn")).toList();
      assertThat(shadowed).hasSize(4);
      assertThat(shadowed.get(1).id()).isEqualTo(answered.get(1).id());
      assertThat(shadowed.get(1).version()).isEqualTo("2");
      assertThat(shadowed.get(1).output()).isEqualTo(new Datum.Text("a"));
      assertThat(shadowed.get(1).features()).isEqualTo(Map.of("x", new Datum.Amount(1)));
      assertThat(shadowed.get(1).tags()).containsEntry("shadow_of", "churn");
      gateway.awaitMeter(3, "model_shadow_rows_total", "outcome", "agreed");
      gateway.awaitMeter(1, "model_shadow_rows_total", "outcome", "differed");
      gateway.awaitMeter(0.75, "model_shadow_agreement", "shadow_version", "2");
      gateway.awaitMeter(1, SHADOW, "outcome", "answered");
      HttpMessage sent = shadow.onlyRequest();
      assertThat(sent.startLine()).isEqualTo("POST /invocations HTTP/1.1");
      assertThat(sent.text()).isEqualTo(body(4));
      assertThat(sent.header("Content-Type")).containsExactly("application/json");
      assertThat(gateway.meter("http_requests_total")).isEqualTo(1);
    }
  }

  @Test
  void aShadowThatHangsCostsCopiesAndNoCall() throws IOException {
    Semaphore open = new Semaphore(0);
    int calls = 200;
    try (RawServer model = RawServer.answeringJson("{\"predictions\": [\"a\"]}");
        RawServer shadow =
            new RawServer(
                (request, socket) -> {
                  request.body();
                  open.acquireUninterruptibly();
                  RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
                });
        TestGateway gateway = before(model, shadow.uri());
        RawClient client = gateway.connect()) {
      for (int i = 0; i < calls; i++) {
        assertThat(client.post("/predict", body(1)).text()).contains("a");
      }
      assertThat(gateway.predictions(calls)).hasSize(calls);
      TestGateway.await(() -> gateway.meter(SHADOW, "outcome", "busy") > 100, "copies to be lost");
      assertThat(shadow.connections.get()).isLessThan(65);
      open.release(calls);
      TestGateway.await(() -> gateway.meter(SHADOW) == calls, "the rest to be answered");
      client.post("/predict", body(1)).body();
      TestGateway.await(() -> gateway.meter(SHADOW) == calls + 1, "memory to be free again");
      assertThat(gateway.meter("sightline_gateway_dropped_total")).isZero();
    }
  }

  @Test
  void aShadowThatIsDeadOrAnswersNonsenseIsCounted() throws IOException {
    URI nowhere;
    try (RawServer gone = RawServer.answeringJson("{}")) {
      nowhere = gone.uri();
    }
    try (RawServer model = RawServer.answeringJson("{\"predictions\": [\"a\"]}");
        TestGateway dead = before(model, nowhere);
        RawServer odd = RawServer.answeringJson("{]");
        TestGateway strange = before(model, odd.uri());
        RawServer huge = RawServer.answeringJson("\"" + "x".repeat(300_000) + "\"");
        TestGateway endless = before(model, huge.uri())) {
      checkOutcome(dead, "failed");
      checkOutcome(strange, "unreadable");
      checkOutcome(endless, "failed");
    }
  }

  private static void checkOutcome(TestGateway gateway, String outcome) throws IOException {
    try (RawClient client = gateway.connect()) {
      assertThat(client.post("/predict", body(1)).status()).isEqualTo(200);
      gateway.awaitMeter(1, SHADOW, "outcome", outcome);
      assertThat(gateway.predictions(1)).hasSize(1);
    }
  }
}
