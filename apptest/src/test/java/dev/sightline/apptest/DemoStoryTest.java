package dev.sightline.apptest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The story of the demo: a live model is watched, the process is killed, nothing acknowledged is
/// lost.
class DemoStoryTest {
  private static final String SENTENCE =
      "{\"dataframe_split\": {\"columns\": [\"text\"], \"data\": [[\"What a lovely, helpful team.\"]]}}";

  @TempDir Path data;

  @Test
  void aLiveModelIsWatchedAndSurvivesAKill() throws Exception {
    String id;
    double requests;
    try (ServerProcess demo = ServerProcess.start(data, 1, "demo")) {
      HttpResponse<String> answer = demo.post(demo.gateway().resolve("/predict"), SENTENCE);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("predictions");
      id = answer.headers().firstValue("X-Request-Id").orElseThrow();

      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> find(demo, id) != null && demo.query("sum(http_requests_total)") > 0);
      JsonNode prediction = find(demo, id);
      assertThat(prediction.path("features").path("text").asString())
          .isEqualTo("What a lovely, helpful team.");
      assertThat(prediction.path("confidence").asDouble()).isBetween(0.0, 1.0);

      HttpResponse<String> truth =
          demo.post(
              "/api/models/v1/sentiment/ground-truth",
              "{\"id\": \"%s\", \"value\": \"positive\"}".formatted(id));
      assertThat(truth.statusCode()).isEqualTo(200);
      HttpResponse<String> alert =
          demo.post(
              "/api/v2/alerts", "[{\"labels\": {\"alertname\": \"Story\", \"model\": \"m\"}}]");
      assertThat(alert.statusCode()).isEqualTo(200);

      requests = demo.query("sum(http_requests_total)");
      // What nobody waits for is on disk a second later, and so before the sample that follows it.
      double seen = requests;
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> demo.query("sum(http_requests_total)") > seen);
      await().atMost(Duration.ofSeconds(30)).until(() -> messages(demo).size() >= 2);
      assertThat(messages(demo))
          .extracting(message -> message.path("kind").asString())
          .containsExactlyInAnyOrder("mail", "webhook");
      assertThat(messages(demo))
          .extracting(message -> message.path("subject").asString())
          .containsOnly("[FIRING:1] Story m");
      demo.kill();
    }
    try (ServerProcess demo = ServerProcess.start(data, 1, "demo")) {
      await().atMost(Duration.ofSeconds(30)).until(() -> demo.get("/-/ready").statusCode() == 200);
      JsonNode prediction = find(demo, id);
      assertThat(prediction).as("the acknowledged prediction").isNotNull();
      assertThat(prediction.path("ground_truth").toString()).contains("positive");
      assertThat(demo.query("max_over_time(sum(http_requests_total)[10m:1s])"))
          .isGreaterThanOrEqualTo(requests);
      assertThat(demo.terminate()).isZero();
    }
  }

  private static List<JsonNode> messages(ServerProcess demo) {
    return demo.json("/api/demo/v1/messages").path("messages").valueStream().toList();
  }

  private static JsonNode find(ServerProcess server, String id) {
    JsonNode list =
        server
            .json("/api/models/v1/sentiment/predictions?order=desc&limit=1000")
            .path("predictions");
    for (JsonNode prediction : list) {
      if (prediction.path("id").asString().equals(id)) {
        return prediction;
      }
    }
    return null;
  }
}
