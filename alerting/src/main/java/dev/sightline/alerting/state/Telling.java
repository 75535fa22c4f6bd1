package dev.sightline.alerting.state;

import dev.sightline.alerting.Alert;
import dev.sightline.alerting.rule.Rule;
import dev.sightline.alerting.rule.RuleGroup;
import dev.sightline.alerting.state.ActiveAlert.Phase;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.template.function.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Chooses which alerts are told now, and says how long each word holds.
final class Telling {
  static final Duration RESEND_DELAY = Duration.ofMinutes(1);

  /// So many repetitions may be lost before an alert counts as resolved.
  private static final int REPETITIONS = 4;

  private final RuleSet rules;
  private final long validMs;

  Telling(RuleSet rules, RuleGroup group) {
    this.rules = rules;
    this.validMs = REPETITIONS * Math.max(group.interval().toMillis(), RESEND_DELAY.toMillis());
  }

  /// Takes the alerts of a rule that are due, and marks them as told.
  ///
  /// @param all whether those are due too that were told not long ago
  List<Alert> due(RuleRun run, long nowMs, boolean all) {
    List<Alert> due = new ArrayList<>();
    Map<Labels, ActiveAlert> next = new TreeMap<>();
    run.alerts()
        .forEach(
            (labels, alert) -> {
              boolean told = alert.phase() != Phase.PENDING && (all || isDue(alert));
              if (told) {
                due.add(alert(run.rule(), alert, nowMs));
              }
              next.put(labels, told ? alert.with(alert.elapsed().untold(0)) : alert);
            });
    run.replace(next);
    return due;
  }

  private static boolean isDue(ActiveAlert alert) {
    return alert.elapsed().untoldMs() >= RESEND_DELAY.toMillis();
  }

  private Alert alert(Rule rule, ActiveAlert alert, long nowMs) {
    Labels.Builder labels = alert.labels().toBuilder();
    for (Label external : rules.externalLabels().toList()) {
      if (labels.get(external.name()).isEmpty()) {
        labels.set(external.name(), external.value());
      }
    }
    String expression = rule.condition().text();
    return new Alert(
        labels.build(),
        alert.annotations(),
        alert.firedAtMs(),
        alert.phase() == Phase.RESOLVED ? alert.resolvedAtMs() : nowMs + validMs,
        rules.url() + "/graph?g0.expr=" + Texts.queryEscape(expression) + "&g0.tab=1",
        expression,
        alert.value());
  }
}
