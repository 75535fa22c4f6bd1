package dev.sightline.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.gateway.UpstreamModel.Task;
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
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ProtocolCaptureTest {
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

  private static byte[] zipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(ISO_8859_1));
    }
    return bytes.toByteArray();
  }
}
