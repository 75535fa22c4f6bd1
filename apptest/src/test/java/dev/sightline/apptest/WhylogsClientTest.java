package dev.sightline.apptest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// An unmodified whylogs client uploads to the packaged server. Left out with a message where no
/// Python has one: `SIGHTLINE_WHYLOGS_PYTHON` names another than `python3` (whylogs 1.6.4 needs
/// pandas below 2.1 for segments).
class WhylogsClientTest {
  private static final String KEY = "abcdefghij.0123456789012345678901234567890123456789:org-1";

  @TempDir Path data;

  @Test
  void whatItUploadsIsInTheProfiles() throws Exception {
    String python = System.getenv().getOrDefault("SIGHTLINE_WHYLOGS_PYTHON", "python3");
    assumeTrue(has(python), "no whylogs client: " + python + " cannot import whylogs");
    try (ServerProcess server = ServerProcess.start(data, 0, "serve")) {
      Path script = Path.of(WhylogsClientTest.class.getResource("/whylogs_client.py").toURI());
      ProcessBuilder client =
          new ProcessBuilder(python, script.toString(), Long.toString(System.currentTimeMillis()));
      client
          .environment()
          .putAll(
              Map.of(
                  "WHYLABS_API_ENDPOINT",
                  server.server().toString(),
                  "WHYLABS_API_KEY",
                  KEY,
                  "WHYLABS_DEFAULT_ORG_ID",
                  "org-1",
                  "WHYLABS_DEFAULT_DATASET_ID",
                  "plain",
                  "_WHYLABS_SKIP_CONFIG_READ",
                  "True",
                  "WHYLOGS_NO_ANALYTICS",
                  "True"));
      Process process = client.redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(said).isZero();
      assertThat(rows(server, "plain")).isEqualTo(4);
      assertThat(rows(server, "classifier")).isEqualTo(5);
      assertThat(rows(server, "segments")).isEqualTo(3);
      assertThat(rows(server, "zipped")).isEqualTo(3);
      assertThat(rows(server, "together")).isEqualTo(8);
      JsonNode spain = server.json("/api/models/v1/segments/profiles?segment=country=%22ES%22");
      assertThat(spain.path("windows").path(0).path("rows").asLong()).isEqualTo(2);
      JsonNode reference = server.json("/api/models/v1/plain/references/last-year");
      assertThat(reference.path("n").asLong()).isEqualTo(4);
    }
  }

  private static long rows(ServerProcess server, String model) {
    JsonNode answer = server.json("/api/models/v1/" + model + "/profiles");
    return answer.path("windows").path(0).path("rows").asLong();
  }

  private static boolean has(String python) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(python, "-c", "import whylogs").start();
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException absent) {
      return false;
    }
  }
}
