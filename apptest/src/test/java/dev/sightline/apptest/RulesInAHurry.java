package dev.sightline.apptest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.server.RuleSets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// The shipped rules with their thresholds, of seconds instead of minutes.
final class RulesInAHurry {
  private RulesInAHurry() {}

  /// Those about models; not the one about latency, which is the machine's of the day.
  static String text() throws IOException {
    String shipped = shipped();
    String models = shipped.substring(0, shipped.indexOf("  - name: sightline.host"));
    String withoutLatency =
        models.replaceFirst("(?s)      - alert: HighRequestLatency.*?(?=      - alert)", "");
    assertThat(withoutLatency).hasSizeLessThan(models.length());
    return hurried(withoutLatency);
  }

  /// Those about quality and drift.
  static String aboutQuality() throws IOException {
    String shipped = shipped();
    int start = shipped.indexOf("  - name: sightline.quality");
    int end = shipped.indexOf("  - name: sightline.self");
    return hurried("groups:\n" + shipped.substring(start, end));
  }

  private static String shipped() throws IOException {
    try (InputStream file = RuleSets.class.getResourceAsStream("/rules/sightline.rules.yml")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String hurried(String rules) {
    return rules
        .replaceAll("interval: \\d+[sm]", "interval: 1s")
        .replaceAll("for: \\d+[mh]", "for: 4s")
        .replaceAll("\\[\\d+m]", "[20s]");
  }
}
