package dev.sightline.demo.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import dev.sightline.demo.client.WatchedModel;
import dev.sightline.demo.http.Reply;
import dev.sightline.demo.http.Request;
import dev.sightline.demo.sentiment.SentimentModel;
import dev.sightline.demo.traffic.FakeStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SentencePageTest {
  private static final SentimentModel MODEL = SentimentModel.train();
  private final HttpClient client = HttpClient.newHttpClient();
  private final FakeStack stack = new FakeStack();
  private SentencePage page;

  @BeforeEach
  void open() {
    page = SentencePage.start(stack.model(null), MODEL.accuracy());
  }

  @AfterEach
  void close() {
    page.close();
    stack.close();
    client.close();
  }

  @Test
  void showsAPageThatMayLoadItsOwnFilesOnly() throws Exception {
    for (String path : List.of("/", "/page.js", "/page.css")) {
      HttpResponse<String> response = send(HttpRequest.newBuilder(page.uri().resolve(path)));
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
          .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
          .doesNotContain("unsafe");
      assertThat(response.body()).doesNotContain("style=", "onclick=", "<style");
    }
    JsonNode about = json(send(HttpRequest.newBuilder(page.uri().resolve("/about"))));
    assertThat(about.get("accuracy").asString()).isEqualTo(MODEL.accuracy().toString());
    assertThat(about.get("server").asString()).isEqualTo(stack.serverUri().toString());
  }

  @Test
  void judgesThroughTheGatewayAndReportsTheTruthToTheServer() throws Exception {
    HttpResponse<String> judged = post("/judge", "{\"text\": \" Nice and warm. \"}");
    assertThat(judged.statusCode()).isEqualTo(200);
    assertThat(json(judged).get("label").asString()).isEqualTo("positive");
    assertThat(json(judged).get("probabilities").get("negative").asDouble()).isEqualTo(0.25);
    assertThat(json(judged).get("latency_ms").asDouble()).isPositive();
    assertThat(stack.calls)
        .containsExactly(
            "{\"dataframe_records\":[{\"text\":\"Nice and warm.\",\"channel\":\"page\",\"words\":3}]}");
    String id = json(judged).get("id").asString();
    HttpResponse<String> told = post("/truth", "{\"id\": \"" + id + "\", \"value\": \"negative\"}");
    assertThat(json(told).get("joined").asInt()).isEqualTo(1);
    assertThat(stack.truths).isEqualTo(Map.of(id, "negative"));
  }

  @Test
  void saysWhatIsWrongWithARequest() throws Exception {
    checkError(400, "1 to 2000", post("/judge", "{\"text\": \"  \"}"));
    checkError(400, "1 to 2000", post("/judge", "{\"text\": \"" + "a".repeat(2_001) + "\"}"));
    checkError(400, "not JSON", post("/judge", "{"));
    checkError(400, "'positive'", post("/truth", "{\"id\": \"1\", \"value\": \"maybe\"}"));
    assertThat(post("/judge", " ".repeat(100_000)).statusCode()).isEqualTo(413);
    assertThat(post("/elsewhere", "{}").statusCode()).isEqualTo(404);
    assertThat(post("/page.js", "{}").statusCode()).isEqualTo(405);
    assertThat(stack.calls).isEmpty();
  }

  @Test
  void saysWhenTheGatewayOrTheServerIsNotThere() throws Exception {
    URI nowhere = URI.create("http://127.0.0.1:1");
    WatchedModel model = new WatchedModel(nowhere, "/predict", nowhere, "sentiment", null);
    try (SentencePage alone = SentencePage.start(model, MODEL.accuracy())) {
      checkError(502, "gateway", post(alone.uri().resolve("/judge"), "{\"text\": \"good\"}"));
      String truth = "{\"id\": \"1\", \"value\": \"positive\"}";
      checkError(502, "server", post(alone.uri().resolve("/truth"), truth));
    }
  }

  @Test
  void answersItsOwnScriptsOnly() throws Exception {
    HttpRequest.Builder form =
        HttpRequest.newBuilder(page.uri().resolve("/judge"))
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("{\"text\": \"good\"}"));
    assertThat(send(form).statusCode()).isEqualTo(403);
    HttpRequest.Builder foreign =
        HttpRequest.newBuilder(page.uri().resolve("/judge"))
            .header("Content-Type", "application/json")
            .header("Origin", "http://evil.example")
            .POST(BodyPublishers.ofString("{\"text\": \"good\"}"));
    assertThat(send(foreign).statusCode()).isEqualTo(403);
    assertThat(stack.calls).isEmpty();
  }

  @Test
  void answersToNamesOfThisMachineOnly() {
    for (String host : List.of("127.0.0.1:80", "localhost:8123", "[::1]:80", "localhost")) {
      assertThat(SameOrigin.holds(get(host))).as(host).isTrue();
    }
    for (String host : List.of("evil.example", "127.0.0.1.evil.example:80", "a b", "", "x@y")) {
      assertThat(SameOrigin.holds(get(host))).as(host).isFalse();
    }
  }

  private static Request get(String host) {
    return new Request("GET", "/", Headers.of("Host", host), new byte[0]);
  }

  private static void checkError(int status, String part, HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains(Reply.JSON);
    assertThat(json(response).get("error").asString()).contains(part);
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return post(page.uri().resolve(path), body);
  }

  private HttpResponse<String> post(URI uri, String body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
