package dev.sightline.apptest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The story of sentences that become others: nobody asked about sentences, calm traffic tells
/// nobody, other sentences make DriftDetected fire with the name of what moved, and the page's
/// question names the same. The one monitor that somebody asked for breaks as well.
class DriftStoryTest {
  private static final String RULE = "DriftDetected";

  /// Of the monitor that the configuration asks for.
  private static final String WATCHED = "MonitorBroken";

  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir Path directory;

  @Test
  void otherSentencesAreNamedByWhatMovedAndCalmOnesTellNobody() throws Exception {
    try (Told told = new Told();
        ServerProcess demo = demo(told)) {
      try (ServerProcess.Running _ = demo.traffic("--errors", "0", "--rate", "20")) {
        soon(() -> demo.query("count(model_drift_score{model=\"sentiment\"})") > 5);
        double minute = demo.query("model_samples{window=\"1h\"}");
        soon(() -> demo.query("model_samples{window=\"1h\"}") > minute + 200);
        assertThat(demo.query("max(max_over_time(model_drift_verdict[10m]))")).isLessThan(2);
        assertThat(told.all()).isEmpty();
      }
      try (ServerProcess.Running _ =
          demo.traffic("--errors", "0", "--drift", "--rate", "20", "--seed", "2")) {
        soon(() -> !told.byHook(RULE).isEmpty() && !told.byMail(RULE).isEmpty());
        soon(
            () ->
                features(demo).contains("channel")
                    && features(demo).stream().anyMatch(name -> name.startsWith("text.")));
        List<String> features = features(demo);
        assertThat(features).doesNotContain("(truth)");
        soon(() -> !told.byHook(WATCHED).isEmpty() && !told.byMail(WATCHED).isEmpty());
        assertThat(told.byMail(WATCHED).getFirst()).contains("channels").contains("channel");
        JsonNode report = demo.json("/api/models/v1/sentiment/drift");
        assertThat(report.path("reference").path("name").asString("")).isEqualTo("first");
        JsonNode worst = report.path("features").get(0);
        assertThat(worst.path("drifted").asBoolean()).isTrue();
        assertThat(features).contains(worst.path("feature").asString(""));
        JsonNode quality = demo.json("/api/models/v1/sentiment/quality");
        assertThat(quality.path("enough").asBoolean()).isTrue();
      }
    }
  }

  /// Of the alerts that fire.
  private static List<String> features(ServerProcess demo) {
    List<String> features = new ArrayList<>();
    for (JsonNode alert : demo.json("/api/v1/alerts").path("data").path("alerts")) {
      JsonNode labels = alert.path("labels");
      if (labels.path("alertname").asString("").equals(RULE)
          && alert.path("state").asString("").equals("firing")) {
        features.add(labels.path("feature").asString(""));
      }
    }
    return features;
  }

  private static void soon(Callable<Boolean> condition) {
    await().atMost(SOON).pollInterval(Duration.ofMillis(300)).until(condition);
  }

  /// The shipped rule, of seconds instead of minutes, over a window of a minute.
  private ServerProcess demo(Told told) throws Exception {
    Files.writeString(directory.resolve("quality.rules.yml"), RulesInAHurry.aboutQuality());
    Path config = directory.resolve("sightline.yml");
    Files.writeString(
        config,
        """
        quality:
          every: 10s
          drift: { window: 1m, reference_rows: 200 }
          monitors:
            - { model: sentiment, name: channels, kind: drift, feature: channel, window: 1m }
        alerting:
          shipped_rules: false
          rule_files: [ quality.rules.yml ]
          global: { smtp_smarthost: "127.0.0.1:%d", smtp_from: "watch@example.org", smtp_require_tls: false }
          route: { receiver: team, group_by: [alertname, model], group_wait: 1s, group_interval: 2s }
          receivers:
            - name: team
              webhook_configs: [ { url: "%s" } ]
              email_configs: [ { to: "ada@example.org" } ]
        """
            .formatted(told.mailPort(), told.hook()));
    ServerProcess demo =
        ServerProcess.start(directory.resolve("data"), 1, "demo", "--config", config.toString());
    await().atMost(SOON).until(() -> demo.get("/-/ready").statusCode() == 200);
    return demo;
  }
}
