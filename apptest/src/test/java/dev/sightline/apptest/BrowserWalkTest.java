package dev.sightline.apptest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A browser walks through every page of the running demo, in both themes, while its model fails,
/// an alert fires and a mail about it has come.
class BrowserWalkTest {
  private static final Path WEB = Path.of(System.getProperty("sightline.root", ".."), "web");
  private static final String CHROMIUM =
      System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium");

  @TempDir Path data;

  @Test
  void everyPageOfTheDemoIsWhole() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of(CHROMIUM)),
        "skipped: there is no Chromium at " + CHROMIUM + ", install it or set CHROMIUM");
    Path rules = data.resolve("models.rules.yml");
    Files.writeString(rules, RulesInAHurry.text());
    Path config = data.resolve("sightline.yml");
    Files.writeString(
        config, "alerting: { shipped_rules: false, rule_files: [ models.rules.yml ] }\n");
    try (ServerProcess demo = ServerProcess.start(data, 1, "demo", "--config", config.toString());
        ServerProcess.Running _ = demo.traffic("--errors", "90")) {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> demo.get("/api/demo/v1/messages").body().contains("[FIRING:1] HighErrorRate"));
      Path log = Files.createTempFile(data, "walk", ".log");
      Process walk =
          new ProcessBuilder("node", "test/e2e/walk.mjs", demo.server().toString(), "--write")
              .directory(WEB.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      boolean ended = walk.waitFor(10, TimeUnit.MINUTES);
      walk.destroyForcibly();
      String report = Files.readString(log);
      System.out.println(report);
      assertThat(ended).as("the walk ends").isTrue();
      assertThat(walk.exitValue()).as(report).isZero();
    }
  }
}
