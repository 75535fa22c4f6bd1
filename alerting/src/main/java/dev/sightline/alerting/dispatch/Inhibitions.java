package dev.sightline.alerting.dispatch;

import dev.sightline.alerting.route.InhibitRule;
import dev.sightline.model.label.Labels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which alerts are silenced by others at one moment.
///
/// Only an alert that fires is: that one has ended is always said to whoever was told that it
/// fires.
final class Inhibitions {
  private final List<RuleNow> rules = new ArrayList<>();

  /// A rule with those that silence now, by what a target must have in common with them. One that
  /// the rule would silence, too, comes last: it silences none of its own kind.
  private record RuleNow(
      InhibitRule rule, Map<List<String>, Labels> pure, Map<List<String>, Labels> bothSided) {}

  /// @param firing labels of all alerts that fire now
  Inhibitions(List<InhibitRule> inhibitRules, Collection<Labels> firing) {
    for (InhibitRule rule : inhibitRules) {
      RuleNow now = new RuleNow(rule, new HashMap<>(), new HashMap<>());
      for (Labels labels : firing) {
        if (rule.isSource(labels)) {
          var sources = rule.isTarget(labels) ? now.bothSided : now.pure;
          sources.merge(rule.common(labels), labels, (a, b) -> a.compareTo(b) <= 0 ? a : b);
        }
      }
      rules.add(now);
    }
  }

  /// @return one that silences an alert, or null
  @Nullable Labels silencing(Labels labels) {
    for (RuleNow now : rules) {
      InhibitRule rule = now.rule;
      if (!rule.isTarget(labels)) {
        continue;
      }
      List<String> common = rule.common(labels);
      Labels source = now.pure.get(common);
      if (source == null && !rule.isSource(labels)) {
        source = now.bothSided.get(common);
      }
      if (source != null) {
        return source;
      }
    }
    return null;
  }
}
