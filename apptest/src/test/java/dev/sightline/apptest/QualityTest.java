package dev.sightline.apptest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// From predictions and late truths over HTTP to measures on a page and series in PromQL.
class QualityTest {
  @TempDir Path directory;

  @Test
  void lateTruthsBecomeMeasuresAndSeries() throws Exception {
    Path config = directory.resolve("sightline.yml");
    Files.writeString(
        config,
        """
        quality: { windows: [1h], min_n: 10, every: 10s }
        """);
    try (ServerProcess server =
        ServerProcess.start(directory.resolve("data"), 0, "--config", config.toString())) {
      String root = "/api/models/v1/credit/";
      StringBuilder predictions = new StringBuilder("[");
      StringBuilder truths = new StringBuilder("[");
      for (int row = 0; row < 40; row++) {
        String comma = row == 0 ? "" : ",";
        predictions
            .append(comma)
            .append(
                "{\"id\":\"p%d\",\"version\":\"7\",\"prediction\":\"%s\",\"features\":{\"country\":\"%s\"}}"
                    .formatted(row, row % 2 == 0 ? "yes" : "no", row < 20 ? "ES" : "DE"));
        truths
            .append(comma)
            .append(
                "{\"id\":\"p%d\",\"value\":\"%s\"}".formatted(row, row % 4 == 0 ? "yes" : "no"));
      }
      assertThat(server.post(root + "predictions", predictions + "]").statusCode()).isEqualTo(200);
      JsonNode before = server.json(root + "performance").path("windows").path(0);
      assertThat(before.path("n").asInt()).isEqualTo(40);
      assertThat(before.path("labelled").asInt()).isZero();
      assertThat(before.path("measures").isEmpty()).isTrue();

      assertThat(server.post(root + "ground-truth", truths + "]").statusCode()).isEqualTo(200);
      JsonNode after = server.json(root + "performance?average=weighted");
      JsonNode accuracy = after.path("windows").path(0).path("measures").path("accuracy");
      assertThat(accuracy.path("value").asDouble()).isEqualTo(0.75);
      assertThat(accuracy.path("low").asDouble()).isBetween(0.5, 0.75);
      assertThat(accuracy.path("n").asInt()).isEqualTo(40);
      JsonNode segments = server.json(root + "performance/segments?by=country&min_n=1");
      assertThat(segments.path("segments")).hasSize(2);

      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> server.query("model_accuracy{model=\"credit\",window=\"1h\"}") == 0.75);
      assertThat(server.query("model_samples{model=\"credit\",version=\"7\",window=\"1h\"}"))
          .isEqualTo(40);
      assertThat(server.query("model_labelled_ratio{model=\"credit\"}")).isEqualTo(1);
      assertThat(server.query("model_recall{model=\"credit\",class=\"yes\"}")).isEqualTo(1);
      assertThat(server.terminate()).isZero();
    }
  }
}
