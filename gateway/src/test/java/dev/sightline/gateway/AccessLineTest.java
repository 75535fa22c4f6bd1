package dev.sightline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.gateway.config.GatewayLimits;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LineSink;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;

class AccessLineTest {
  private static LineSink.Line only(TestGateway gateway) {
    TestGateway.await(() -> !gateway.lines.isEmpty(), "the line of the call");
    assertThat(gateway.lines).hasSize(1);
    return gateway.lines.element();
  }

  @Test
  void aCallHasOneLine() throws IOException {
    try (RawServer upstream = RawServer.answeringJson("{\"predictions\": [1]}");
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      client
          .send(
              "POST /sentiment/predict?key=secret HTTP/1.1\r\nHost: m\r\nX-Request-Id: r-1\r\n"
                  + "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n"
                  + "Content-Length: 2\r\n\r\n{}")
          .receive();
      LineSink.Line line = only(gateway);
      assertThat(line.stream())
          .isEqualTo(Labels.of("level", "info", "model", "sentiment", "service", "gateway"));
      assertThat(line.metadata())
          .isEqualTo(
              Labels.of("request_id", "r-1", "trace_id", "0af7651916cd43dd8448eb211c80319c"));
      assertThat(line.text())
          .matches(
              "method=POST path=/sentiment/predict status=200 duration_ms=\\d+\\.\\d{3}"
                  + " model=sentiment request_id=r-1 request_bytes=2 response_bytes=20");
    }
  }

  @Test
  void aCallThatFailsSaysWhy() throws IOException {
    try (RawServer upstream = RawServer.answering("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      client.post("/predict", "{}");
      LineSink.Line line = only(gateway);
      assertThat(line.stream().get("level")).isEqualTo("error");
      assertThat(line.text())
          .contains("status=500")
          .endsWith("\"the model answered with an error\"");
    }
  }

  @Test
  void aModelThatCannotBeReachedIsSaidSo() throws IOException {
    UpstreamModel gone = UpstreamModel.mlflow("sentiment", URI.create("http://127.0.0.1:1"));
    try (TestGateway gateway = new TestGateway(GatewayLimits.DEFAULT, gone);
        RawClient client = gateway.connect()) {
      client.post("/predict", "{}");
      assertThat(only(gateway).text())
          .contains("status=502")
          .endsWith("error=\"the model's server takes no connection\"");
    }
  }

  @Test
  void aCallThatCanGoToNoModelHasALineToo() throws IOException {
    try (RawServer upstream = RawServer.answeringJson("{}");
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      client
          .send("GET /x HTTP/1.1\r\nHost: m\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
          .receive();
      LineSink.Line line = only(gateway);
      assertThat(line.stream().get("service")).isEqualTo("gateway");
      assertThat(line.stream().get("model")).isEmpty();
      assertThat(line.text()).startsWith("method=GET path=/x status=501 ");
    }
  }

  @Test
  void whatWouldNotBeReadBackIsQuoted() {
    AccessLine line =
        new AccessLine("a b", "i", "", "GET", "/a\"b\\=c", 400, 0.0012, 1, 2, "what\tever");
    assertThat(line.text())
        .isEqualTo(
            "method=GET path=\"/a\\\"b\\\\=c\" status=400 duration_ms=1.200 model=\"a b\""
                + " request_id=i request_bytes=1 response_bytes=2 error=\"what\tever\"");
    assertThat(line.stream().get("level")).isEqualTo("warn");
  }
}
