package dev.sightline.apptest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server takes its configuration, and a broken one changes nothing.
class ConfigurationTest {
  @TempDir Path directory;

  private static String scraping(String address) {
    return """
    metrics:
      scrape_configs:
        - job_name: itself
          scrape_interval: 1s
          static_configs: [ { targets: ["%s"] } ]
    """
        .formatted(address);
  }

  @Test
  void aReloadTakesNewTargetsAndABrokenFileLeavesThemAlone() throws Exception {
    Path config = directory.resolve("sightline.yml");
    Files.writeString(config, "");
    try (ServerProcess server =
        ServerProcess.start(directory.resolve("data"), 0, "--config", config.toString())) {
      Files.writeString(config, scraping(server.server().getAuthority()));
      assertThat(server.post("/-/reload", "").statusCode()).isEqualTo(200);
      await().atMost(Duration.ofSeconds(20)).until(() -> server.query("up{job=\"itself\"}") == 1);

      Files.writeString(config, "metrics:\n  scrape_config: []\n");
      HttpResponse<String> refused = server.post("/-/reload", "");
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("sightline.yml:2:3").contains("scrape_configs");
      assertThat(server.json("/api/v1/targets").path("data").path("activeTargets")).hasSize(1);
      assertThat(server.terminate()).isZero();
    }
  }

  @Test
  void aReloadOpensTheGatewayForTheFirstModel() throws Exception {
    Path config = directory.resolve("sightline.yml");
    Files.writeString(config, "");
    try (ServerProcess server =
        ServerProcess.start(directory.resolve("data"), 0, "--config", config.toString())) {
      Files.writeString(
          config, "models: [ { name: self, upstream: \"%s\" } ]".formatted(server.server()));
      assertThat(server.post("/-/reload", "").statusCode()).isEqualTo(200);
      assertThat(server.json("/api/models/v1").path("models").findValuesAsString("name"))
          .containsExactly("self");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> server.query("count(prediction_success_total{model=\"self\"})") == 1);
    }
  }

  @Test
  void aSecondProcessOnTheSameDirectoryIsRefused() throws Exception {
    Path data = directory.resolve("data");
    try (ServerProcess first = ServerProcess.start(data, 0, "serve")) {
      ServerProcess.Ended second = ServerProcess.runToEnd(data, "serve");
      assertThat(second.status()).isEqualTo(2);
      assertThat(second.output())
          .isEqualToIgnoringNewLines(
              "sightline: the directory " + data + " is in use by process " + first.pid());
      assertThat(first.get("/-/ready").statusCode()).isEqualTo(200);
      first.kill();
    }
    try (ServerProcess _ = ServerProcess.start(data, 0, "serve")) {
      // What a killed process left behind holds nobody off.
    }
  }

  /// The file says where, so that it must be read first.
  @Test
  void aSecondProcessIsRefusedAlsoWhereAFileNamesTheDirectory() throws Exception {
    Path data = directory.resolve("data");
    Path config = directory.resolve("sightline.yml");
    Files.writeString(config, "server: { data: data }\n");
    try (ServerProcess first = ServerProcess.start(data, 0, "serve")) {
      ServerProcess.Ended second = ServerProcess.runToEnd("--config", config.toString());
      assertThat(second.status()).isEqualTo(2);
      assertThat(second.output())
          .contains(data.toString(), "process " + first.pid())
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aBrokenFileIsOneSentenceWithItsPlace() throws Exception {
    Path config = directory.resolve("broken.yml");
    Files.writeString(config, "server:\n  listen: somewhere\n");
    ServerProcess.Ended ended =
        ServerProcess.runToEnd(directory.resolve("data"), "--config", config.toString());
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.output())
        .contains("broken.yml:2:11")
        .contains("HOST:PORT")
        .doesNotContain("\tat ");
  }
}
