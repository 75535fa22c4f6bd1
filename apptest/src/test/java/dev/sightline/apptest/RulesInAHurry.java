package dev.sightline.apptest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.server.RuleSets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// The shipped rules about models with their thresholds, of seconds instead of minutes.
///
/// Not the one about latency, which is the machine's of the day.
final class RulesInAHurry {
  private RulesInAHurry() {}

  static String text() throws IOException {
    try (InputStream file = RuleSets.class.getResourceAsStream("/rules/sightline.rules.yml")) {
      String shipped = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      String models = shipped.substring(0, shipped.indexOf("  - name: sightline.host"));
      String withoutLatency =
          models.replaceFirst("(?s)      - alert: HighRequestLatency.*?(?=      - alert)", "");
      assertThat(withoutLatency).hasSizeLessThan(models.length());
      return withoutLatency
          .replaceAll("interval: \\d+s", "interval: 1s")
          .replaceAll("for: \\d+m", "for: 4s")
          .replaceAll("\\[\\d+m]", "[20s]");
    }
  }
}
