package dev.sightline.api.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.TestServer;
import dev.sightline.api.auth.AuthConfig;
import dev.sightline.api.http.HttpLimits;
import dev.sightline.api.http.Pages;
import dev.sightline.api.http.Routes;
import dev.sightline.api.models.FakePredictions;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.testkit.FakeClock;
import dev.sightline.wire.serving.Protocol;
import dev.sightline.wire.serving.ServingReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Events as KServe's logger sends them.
class CloudEventsApiTest {
  private static final String V1 = "{\"instances\":[{\"age\":31},{\"age\":40}]}";
  private static final String V1_ANSWER = "{\"predictions\":[1,0]}";

  private final FakePredictions store = new FakePredictions();
  private final FakeClock clock = new FakeClock(1_700_000_000_000L);
  private final MeterRegistry meters = new MeterRegistry();
  private TestServer server;

  @BeforeEach
  void open() {
    Routes routes = new Routes();
    Map<String, ServedModel> models =
        Map.of("flow", new ServedModel("9", ServingReader.of(Protocol.MLFLOW)));
    new CloudEventsApi(store, () -> models, clock, meters).addTo(routes);
    Pages pages = new Pages(getClass().getClassLoader(), "pages", "/");
    server = new TestServer(routes, AuthConfig.OFF, HttpLimits.DEFAULT, pages);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> binary(String id, String half, String service, String body) {
    return binary("/v1/cloudevents", id, half, service, body);
  }

  private HttpResponse<String> binary(
      String path, String id, String half, String service, String body) {
    return server.send(
        server
            .to(path)
            .header("Content-Type", "application/json")
            .header("Ce-Id", id)
            .header("Ce-Specversion", "1.0")
            .header("Ce-Type", "org.kubeflow.serving.inference." + half)
            .header("Ce-Source", "http://localhost:9081/")
            .header("Ce-Time", "2023-11-14T22:13:20Z")
            .header("Ce-Inferenceservicename", service)
            .POST(BodyPublishers.ofString(body)));
  }

  private static void check(HttpResponse<String> reply, int status, String body) {
    assertThat(reply.body()).contains(body);
    assertThat(reply.statusCode()).isEqualTo(status);
  }

  @Test
  void requestAndResponseMeetByTheirId() {
    check(binary("a", "request", "iris", V1), 202, "{\"stored\":0}");
    check(binary("b", "response", "iris", V1_ANSWER), 202, "{\"stored\":0}");
    assertThat(store.models()).isEmpty();
    check(binary("a", "response", "iris", V1_ANSWER), 200, "{\"stored\":2}");
    check(binary("b", "request", "iris", V1), 200, "{\"stored\":2}");
    Labelled row = store.find("iris", "a-1");
    assertThat(row.prediction().features()).isEqualTo(Map.of("age", new Datum.Amount(40)));
    assertThat(row.prediction().output()).isEqualTo(new Datum.Amount(0));
    assertThat(row.prediction().timeMs()).isEqualTo(1_700_000_000_000L);
    assertThat(store.find("iris", "b-0")).isNotNull();
  }

  @Test
  void theRootTakesEventsAndStaysAPage() {
    check(binary("/", "a", "request", "iris", V1), 202, "{\"stored\":0}");
    check(binary("/", "a", "response", "iris", V1_ANSWER), 200, "{\"stored\":2}");
    HttpResponse<String> page = server.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    HttpResponse<String> put = server.send(server.to("/").PUT(BodyPublishers.ofString("x")));
    assertThat(put.statusCode()).isEqualTo(405);
    assertThat(put.headers().firstValue("Allow")).hasValue("GET, HEAD, POST");
    check(server.get("/v1/cloudevents"), 405, "method must be one of POST here");
  }

  @Test
  void theSecondProtocolIsKnownByItsInputs() {
    binary(
        "a",
        "request",
        "iris",
        "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,2]}]}");
    check(
        binary(
            "a",
            "response",
            "iris",
            "{\"model_name\":\"iris\",\"model_version\":\"4\",\"outputs\":[{\"name\":\"y\","
                + "\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"setosa\"]}]}"),
        200,
        "{\"stored\":1}");
    Labelled row = store.find("iris", "a");
    assertThat(row.prediction().output()).isEqualTo(new Datum.Text("setosa"));
    assertThat(row.prediction().version()).isEqualTo("4");
  }

  @Test
  void aConfiguredModelIsReadAsTheConfigurationSays() {
    binary("a", "request", "flow", "{\"dataframe_records\":[{\"age\":1}]}");
    check(binary("a", "response", "flow", "{\"predictions\":[\"yes\"]}"), 200, "{\"stored\":1}");
    assertThat(store.find("flow", "a").prediction().version()).isEqualTo("9");
  }

  @Test
  void structuredEventsAndBatchesSayTheSame() {
    String request =
        "{\"specversion\":\"1.0\",\"id\":\"a\",\"type\":\"org.kubeflow.serving.inference.request\","
            + "\"source\":\"x\",\"datacontenttype\":\"application/json\","
            + "\"inferenceservicename\":\"iris\",\"data\":"
            + V1
            + "}";
    String response =
        "{\"specversion\":\"1.0\",\"id\":\"a\",\"type\":\"org.kubeflow.serving.inference.response\","
            + "\"source\":\"x\",\"inferenceservicename\":\"iris\",\"data_base64\":\""
            + Base64.getEncoder().encodeToString(V1_ANSWER.getBytes(StandardCharsets.UTF_8))
            + "\"}";
    check(
        server.post(
            "/v1/cloudevents",
            "application/cloudevents-batch+json",
            "[" + request + "," + response + "]"),
        200,
        "{\"stored\":2}");
    check(
        server.post("/v1/cloudevents?model=other", "application/cloudevents+json", request),
        202,
        "{\"stored\":0}");
    check(
        server.post("/v1/cloudevents?model=other", "application/cloudevents+json", response),
        200,
        "{\"stored\":2}");
    assertThat(store.find("other", "a-0").prediction().features())
        .isEqualTo(Map.of("age", new Datum.Amount(31)));
  }

  @Test
  void whatIsWrongIsSaid() {
    check(binary("a", "question", "iris", V1), 400, "type must be org.kubeflow.serving");
    check(binary("a", "request", "", V1), 400, "inferenceservicename, or model, must have");
    check(
        server.post("/v1/cloudevents", "application/json", V1),
        400,
        "ce-id must have 1 to 200 characters");
    check(
        server.post("/v1/cloudevents", "application/cloudevents+json", "{oops"),
        400,
        "not JSON at 1:2");
    binary("a", "request", "iris", V1);
    check(binary("a", "response", "iris", "{\"predictions\":[1]}"), 400, "CloudEvent a of iris: ");
  }

  @Test
  void aHalfThatNobodyClaimsIsForgottenAndCounted() {
    binary("a", "request", "iris", V1);
    clock.advance(Duration.ofMinutes(11));
    binary("b", "request", "iris", V1);
    check(binary("a", "response", "iris", V1_ANSWER), 202, "{\"stored\":0}");
    assertThat(meters.read().getFirst().samples().getFirst().value()).isEqualTo(1);
  }
}
