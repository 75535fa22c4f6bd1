package dev.sightline.alerting.state;

import dev.sightline.alerting.rule.Rule;
import dev.sightline.alerting.rule.RuleGroup;
import java.util.List;

/// How a group of rules stood after its last evaluation.
///
/// @param lastEvaluationMs Unix milliseconds; 0 before the first
public record GroupStatus(
    RuleGroup group, List<RuleStatus> rules, double evaluationSeconds, long lastEvaluationMs) {
  public GroupStatus {
    rules = List.copyOf(rules);
  }

  /// How one rule stood.
  ///
  /// @param lastError empty unless the last evaluation failed
  /// @param alerts those that are pending or firing; none for a recording rule
  public record RuleStatus(
      Rule rule,
      Health health,
      String lastError,
      double evaluationSeconds,
      long lastEvaluationMs,
      List<ActiveAlert> alerts) {
    public RuleStatus {
      alerts = List.copyOf(alerts);
    }

    /// The worst of its alerts.
    public String state() {
      if (alerts.stream().anyMatch(alert -> alert.phase() == ActiveAlert.Phase.FIRING)) {
        return "firing";
      }
      if (!alerts.isEmpty()) {
        return "pending";
      }
      return health == Health.UNKNOWN ? "unknown" : "inactive";
    }
  }

  /// Whether the last evaluation went well.
  public enum Health {
    UNKNOWN,
    OK,
    ERR
  }
}
