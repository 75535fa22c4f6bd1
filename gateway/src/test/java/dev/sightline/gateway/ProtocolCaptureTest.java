package dev.sightline.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.gateway.config.GatewayLimits;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.gateway.config.UpstreamModel.Task;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.wire.serving.InputMapping;
import dev.sightline.wire.serving.OutputMapping;
import dev.sightline.wire.serving.Protocol;
import dev.sightline.wire.serving.Selector;
import dev.sightline.wire.serving.ServingReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ProtocolCaptureTest {
  private static final String STREAM =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String FINISHED =
      event(
              "{\"model\":\"gpt-1\",\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],"
                  + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}}")
          + event("[DONE]")
          + "0\r\n\r\n";

  private static TestGateway before(RawServer upstream, ServingReader reader) {
    return new TestGateway(
        GatewayLimits.DEFAULT,
        new UpstreamModel("iris", "", upstream.uri(), Task.CLASSIFICATION, reader));
  }

  private static String message(String firstLine, String headers, String body) {
    return "%s\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(firstLine, headers, body.length(), body);
  }

  @Test
  void binaryTensorsAreReadInBothDirections() throws IOException {
    String json =
        "{\"inputs\": [{\"name\": \"x\", \"shape\": [1, 2], \"datatype\": \"UINT8\", \"parameters\":"
            + " {\"binary_data_size\": 2}}]}";
    String answer =
        "{\"model_name\": \"iris-7\", \"model_version\": \"3\", \"outputs\": [{\"name\": \"y\","
            + " \"shape\": [1, 1], \"datatype\": \"BYTES\", \"parameters\": {\"binary_data_size\":"
            + " 10}}]}";
    try (RawServer upstream =
            RawServer.answering(
                message(
                    "HTTP/1.1 200 OK",
                    "Content-Type: application/octet-stream\r\nInference-Header-Content-Length: "
                        + answer.length()
                        + "\r\n",
                    answer + "\u0006\0\0\0setosa"));
        TestGateway gateway = before(upstream, ServingReader.of(Protocol.OPEN_INFERENCE));
        RawClient client = gateway.connect()) {
      client
          .send(
              message(
                  "POST /v2/models/iris/infer HTTP/1.1",
                  "Host: m\r\nInference-Header-Content-Length: " + json.length() + "\r\n",
                  json + "\u0007\u00ff"))
          .receive()
          .body();
      Prediction stored = gateway.predictions(1).getFirst();
      assertThat(stored.features())
          .isEqualTo(Map.of("0", new Datum.Amount(7), "1", new Datum.Amount(255)));
      assertThat(stored.output()).isEqualTo(new Datum.Text("setosa"));
      assertThat(stored.version()).isEqualTo("3");
      assertThat(stored.tags()).containsEntry("served_model", "iris-7");
      gateway.awaitMeter(
          1, "http_requests_total", "endpoint", "/v2/models/{model}/infer", "status", "200");
    }
  }

  @Test
  void theClientsOwnNameNamesThePrediction() throws IOException {
    ServingReader reader =
        new ServingReader(
            Protocol.OPEN_INFERENCE,
            List.of(),
            new InputMapping(null, Selector.parse("/id"), false),
            OutputMapping.DEFAULT);
    try (RawServer upstream =
            RawServer.answeringJson(
                "{\"outputs\": [{\"name\": \"y\", \"shape\": [1], \"datatype\": \"INT64\", \"data\":"
                    + " [1]}]}");
        TestGateway gateway = before(upstream, reader);
        RawClient client = gateway.connect()) {
      client
          .post(
              "/v2/models/iris/infer",
              "{\"id\": \"order-17\", \"inputs\": [{\"name\": \"x\", \"shape\": [1], \"datatype\":"
                  + " \"INT64\", \"data\": [5]}]}")
          .body();
      assertThat(gateway.predictions(1).getFirst().id()).isEqualTo("order-17");
    }
  }

  @Test
  void aModelThatAnswersNoProbabilitiesIsKnownFor() throws IOException {
    try (RawServer labels = RawServer.answeringJson("{\"predictions\": [\"a\"]}");
        TestGateway bare = before(labels, ServingReader.of(Protocol.MLFLOW));
        RawServer certain = RawServer.answeringJson("{\"predictions\": [[0.25, 0.75]]}");
        TestGateway full = before(certain, ServingReader.of(Protocol.MLFLOW))) {
      assertThat(bare.gateway.labelsOnly()).isEmpty();
      for (TestGateway gateway : List.of(bare, full)) {
        try (RawClient client = gateway.connect()) {
          client.post("/predict", "{\"inputs\": [{\"x\": 1}]}").body();
          gateway.predictions(1);
        }
      }
      assertThat(bare.gateway.labelsOnly()).containsExactly("iris");
      assertThat(full.gateway.labelsOnly()).isEmpty();
    }
  }

  @Test
  void compressedBodiesAreReadAndPassedOnAsTheyAre() throws IOException {
    String answer =
        new String(zipped("{\"predictions\": [{\"label\": \"a\", \"score\": 0.5}]}"), ISO_8859_1);
    try (RawServer upstream =
            RawServer.answering(message("HTTP/1.1 200 OK", "Content-Encoding: gzip\r\n", answer));
        TestGateway gateway = before(upstream, ServingReader.of(Protocol.MLFLOW));
        RawClient client = gateway.connect()) {
      byte[] request = zipped("{\"inputs\": [{\"x\": 1}]}");
      HttpMessage received =
          client
              .send(
                  message(
                      "POST /invocations HTTP/1.1",
                      "Host: m\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n",
                      new String(request, ISO_8859_1)))
              .receive();
      assertThat(received.body()).isEqualTo(answer.getBytes(ISO_8859_1));
      assertThat(upstream.onlyRequest().body()).isEqualTo(request);
      Prediction stored = gateway.predictions(1).getFirst();
      assertThat(stored.features()).isEqualTo(Map.of("x", new Datum.Amount(1)));
      assertThat(stored.confidence()).isEqualTo(0.5);
    }
  }

  @Test
  void aStreamedTextIsCountedAndTimedAndNotKept() throws IOException {
    Semaphore written = new Semaphore(0);
    try (RawServer upstream =
            new RawServer(
                (request, socket) -> {
                  request.body();
                  RawServer.write(socket, STREAM + event("{\"choices\":[{\"delta\":{}}]}"));
                  written.acquireUninterruptibly();
                  RawServer.write(socket, event(piece("secret")));
                  written.acquireUninterruptibly();
                  RawServer.write(socket, event(piece(" words")) + FINISHED);
                });
        TestGateway gateway = beforeChat(upstream, GatewayLimits.DEFAULT);
        RawClient client = gateway.connect()) {
      HttpMessage answer =
          client.post(
              "/v1/chat/completions",
              "{\"model\": \"gpt\", \"messages\": [{\"role\": \"user\", \"content\": \"private\"}]}");
      assertThat(answer.chunk()).isNotEmpty();
      written.release();
      assertThat(new String(answer.chunk(), ISO_8859_1)).contains("secret");
      written.release();
      byte[] rest = answer.chunk();
      while (rest.length > 0) {
        rest = answer.chunk();
      }
      Prediction stored = gateway.predictions(1).getFirst();
      assertThat(stored.toString()).doesNotContain("private").doesNotContain("secret");
      assertThat(stored.version()).isEqualTo("gpt-1");
      Map<String, Datum> output = ((Datum.Fields) stored.output()).values();
      assertThat(output)
          .containsEntry("finish_reason", new Datum.Text("stop"))
          .containsEntry("completion_tokens", new Datum.Amount(2))
          .containsEntry("characters", new Datum.Amount(12));
      double firstMs = ((Datum.Amount) output.get("time_to_first_token_ms")).value();
      assertThat(firstMs).isPositive().isLessThan(Objects.requireNonNull(stored.latencyMs()));
      gateway.awaitMeter(1, "model_time_to_first_token_seconds_count");
      gateway.awaitMeter(2, "model_tokens_total", "direction", "completion");
      gateway.awaitMeter(1, "model_generations_total", "finish_reason", "stop");
    }
  }

  @Test
  void ofALongStreamBeginningAndEndAreKept() throws IOException {
    StringBuilder pieces = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      pieces.append(event(piece("0123456789")));
    }
    GatewayLimits limits = CaptureTest.limits(4_096, 64 << 20, 10);
    try (RawServer upstream = RawServer.answering(STREAM + pieces + FINISHED);
        TestGateway gateway = beforeChat(upstream, limits);
        RawClient client = gateway.connect()) {
      byte[] answer = client.post("/v1/chat/completions", "{\"model\": \"gpt\"}").body();
      assertThat(answer.length).isGreaterThan(20_000);
      Prediction stored = gateway.predictions(1).getFirst();
      Map<String, Datum> output = ((Datum.Fields) stored.output()).values();
      assertThat(output)
          .containsEntry("finish_reason", new Datum.Text("stop"))
          .containsEntry("completion_tokens", new Datum.Amount(2))
          .containsKey("time_to_first_token_ms")
          .doesNotContainKey("characters");
      gateway.awaitMeter(0, "sightline_gateway_copies_bytes");
      gateway.awaitMeter(1, "sightline_gateway_captured_total");
    }
  }

  /// One event, as one chunk.
  private static String event(String data) {
    String text = "data: " + data + "\n\n";
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static String piece(String text) {
    return "{\"model\":\"gpt-1\",\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}";
  }

  private static TestGateway beforeChat(RawServer upstream, GatewayLimits limits) {
    return new TestGateway(
        limits,
        new UpstreamModel(
            "chat", "", upstream.uri(), Task.GENERATION, ServingReader.of(Protocol.OPENAI)));
  }

  private static byte[] zipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(ISO_8859_1));
    }
    return bytes.toByteArray();
  }
}
