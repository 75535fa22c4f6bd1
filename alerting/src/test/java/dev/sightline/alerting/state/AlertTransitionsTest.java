package dev.sightline.alerting.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.alerting.ScriptedConditions;
import dev.sightline.alerting.rule.Condition.Breach;
import dev.sightline.alerting.rule.Rule;
import dev.sightline.alerting.state.ActiveAlert.Phase;
import dev.sightline.model.label.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertTransitionsTest {
  private static Phase after(Duration holds, long watchedMs) {
    Rule.Alerting rule =
        new Rule.Alerting(
            "A",
            new ScriptedConditions().read("a"),
            holds,
            Duration.ZERO,
            Labels.EMPTY,
            Map.of(),
            Map.of());
    AlertTransitions transitions = new AlertTransitions(rule, new AlertTexts(Labels.EMPTY, ""), 0);
    List<Breach> breaches = List.of(new Breach(Labels.EMPTY, 1));
    Map<Labels, ActiveAlert> first =
        transitions.next(Map.of(), breaches, new Tick(1_000, 0, 0, false));
    return transitions
        .next(first, breaches, new Tick(2_000, watchedMs, watchedMs, false))
        .get(Labels.of("alertname", "A"))
        .phase();
  }

  @Test
  void anEvaluationThatComesAMomentEarlyCounts() {
    assertThat(after(Duration.ofMinutes(1), 60_000)).isEqualTo(Phase.FIRING);
    assertThat(after(Duration.ofMinutes(1), 59_600)).isEqualTo(Phase.FIRING);
    assertThat(after(Duration.ofMinutes(1), 59_400)).isEqualTo(Phase.PENDING);
    assertThat(after(Duration.ofSeconds(1), 900)).isEqualTo(Phase.PENDING);
  }
}
