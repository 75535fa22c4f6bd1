package dev.sightline.api.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.api.models.FakePredictions;
import dev.sightline.api.models.SentRows;
import dev.sightline.model.log.LogBatch;
import dev.sightline.model.log.LogSink;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.testkit.FakeClock;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OtlpLogsApiTest {
  private final FakePredictions store = new FakePredictions();
  private final List<String> lines = new ArrayList<>();
  private final FakeClock clock = new FakeClock(1_700_000_000_000L);
  private TestServer server;

  private LogSink.Outcome append(LogBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      String line = new String(batch.line(i), StandardCharsets.UTF_8);
      lines.add(
          batch.stream(i) + " " + batch.timestampNs(i) + " " + line + " " + batch.metadata(i));
    }
    return new LogSink.Outcome(batch.size(), List.of(), 0);
  }

  @BeforeEach
  void open() {
    Routes routes = new Routes();
    new OtlpLogsApi(this::append, new SentRows(store, store, clock), clock).addTo(routes);
    server = new TestServer(routes);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void check(String records, String answer) {
    HttpResponse<String> reply =
        server.post(
            "/v1/logs",
            "application/json",
            "{\"resourceLogs\":[{\"resource\":{\"attributes\":["
                + attribute("service.name", "stringValue", "\"scorer\"")
                + ","
                + attribute("host.name", "stringValue", "\"h\"")
                + "]},\"scopeLogs\":[{\"scope\":{\"name\":\"lib\"},\"logRecords\":["
                + records
                + "]}]}]}");
    assertThat(reply.body()).isEqualTo(answer);
    assertThat(reply.statusCode()).isEqualTo(200);
  }

  private static String attribute(String name, String kind, String value) {
    return "{\"key\":\"" + name + "\",\"value\":{\"" + kind + "\":" + value + "}}";
  }

  @Test
  void aPlainRecordIsALine() {
    check(
        "{\"timeUnixNano\":\"1700000000000000005\",\"severityText\":\"WARN\",\"body\":"
            + "{\"stringValue\":\"slow\"},\"traceId\":\"ab\",\"attributes\":["
            + attribute("code", "intValue", "\"7\"")
            + "]}",
        "{}");
    assertThat(lines)
        .containsExactly(
            "{service_name=\"scorer\"} 1700000000000000005 slow {code=\"7\","
                + " detected_level=\"warn\", host_name=\"h\", scope_name=\"lib\","
                + " severity_text=\"WARN\", trace_id=\"ab\"}");
    assertThat(store.models()).isEmpty();
  }

  @Test
  void anEventIsARowAndNoLineHoweverOftenItComes() {
    String record =
        "{\"timeUnixNano\":\"1700000000123000000\",\"eventName\":\"sightline.prediction\","
            + "\"attributes\":["
            + attribute("sightline.model", "stringValue", "\"churn\"")
            + ","
            + attribute("sightline.prediction", "stringValue", "\"yes\"")
            + ","
            + attribute("sightline.confidence", "doubleValue", "0.75")
            + ","
            + attribute("sightline.feature.age", "intValue", "\"31\"")
            + ","
            + attribute("sightline.tag.source", "stringValue", "\"web\"")
            + "]}";
    check(record, "{}");
    check(record, "{}");
    assertThat(lines).isEmpty();
    assertThat(store.models().getFirst().predictions()).isEqualTo(1);
    assertThat(store.models().getFirst().lastPredictionMs()).isEqualTo(1_700_000_000_123L);
  }

  @Test
  void aBodyIsARowAsFieldsOrAsJson() {
    check(
        "{\"attributes\":["
            + attribute("event.name", "stringValue", "\"sightline.prediction\"")
            + ","
            + attribute("sightline.model", "stringValue", "\"churn\"")
            + "],\"body\":{\"stringValue\":\"{\\\"id\\\":\\\"a\\\",\\\"prediction\\\":1}\"}},"
            + "{\"eventName\":\"sightline.ground_truth\",\"attributes\":["
            + attribute("sightline.model", "stringValue", "\"churn\"")
            + "],\"body\":{\"kvlistValue\":{\"values\":["
            + attribute("id", "stringValue", "\"a\"")
            + ","
            + attribute("value", "doubleValue", "2")
            + "]}}}",
        "{}");
    Labelled row = store.find("churn", "a");
    assertThat(row.prediction().output()).isEqualTo(new Datum.Amount(1));
    assertThat(row.truth().value()).isEqualTo(new Datum.Amount(2));
  }

  @Test
  void whatIsRefusedIsCountedAndSaid() {
    check(
        "{\"eventName\":\"sightline.prediction\"},{\"body\":{\"stringValue\":\"line\"}},"
            + "{\"eventName\":\"sightline.prediction\",\"attributes\":["
            + attribute("sightline.model", "stringValue", "\"churn\"")
            + "]}",
        "{\"partialSuccess\":{\"rejectedLogRecords\":\"2\",\"errorMessage\":"
            + "\"sightline.prediction: the attribute sightline.model is missing\"}}");
    assertThat(lines).hasSize(1);
    assertThat(server.post("/v1/logs", "application/json", "[]").statusCode()).isEqualTo(400);
    assertThat(server.post("/v1/logs", "text/plain", "x").statusCode()).isEqualTo(415);
  }

  private HttpResponse<String> protobuf(byte[] body) {
    return server.send(
        server
            .to("/otlp/v1/logs")
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(body)));
  }

  /// A resource with `service.name`, and a record with time, severity, body and trace.
  @Test
  void protobufIsReadAndAnswered() {
    byte[] request =
        HexFormat.of()
            .parseHex(
                "0a330a150a130a0c736572766963652e6e616d6512030a0173121a1218090100"
                    + "0000000000001a04494e464f2a040a0268694a01ab");
    HttpResponse<String> reply = protobuf(request);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    assertThat(reply.body()).isEmpty();
    assertThat(lines)
        .containsExactly(
            "{service_name=\"s\"} 1 hi {detected_level=\"info\", severity_text=\"INFO\","
                + " trace_id=\"ab\"}");
    for (int length = 1; length < request.length; length++) {
      byte[] cut = Arrays.copyOf(request, length);
      assertThat(protobuf(cut).statusCode()).as("cut at " + length).isEqualTo(400);
    }
  }
}
