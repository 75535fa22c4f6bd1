package dev.sightline.alerting.route;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import java.util.List;

/// Which alerts say nothing while others fire, as Alertmanager's `inhibit_rules` have it.
///
/// @param sources all of which an alert must match to silence others
/// @param targets all of which an alert must match to be silenced
/// @param equal labels in which both must agree; one that is not there is empty
public record InhibitRule(List<Matcher> sources, List<Matcher> targets, List<String> equal) {
  /// A critical alert silences the warnings of the same name about the same thing.
  public static final InhibitRule SHIPPED =
      new InhibitRule(
          List.of(Matcher.equal("severity", "critical")),
          List.of(Matcher.equal("severity", "warning")),
          List.of("alertname", "job", "instance", "model", "version", "feature"));

  public InhibitRule {
    sources = List.copyOf(sources);
    targets = List.copyOf(targets);
    equal = List.copyOf(equal);
  }

  public boolean isSource(Labels labels) {
    return matchesAll(sources, labels);
  }

  public boolean isTarget(Labels labels) {
    return matchesAll(targets, labels);
  }

  /// What a source and a target must have in common.
  public List<String> common(Labels labels) {
    return equal.stream().map(labels::get).toList();
  }

  private static boolean matchesAll(List<Matcher> matchers, Labels labels) {
    return matchers.stream().allMatch(each -> each.matches(labels.get(each.name())));
  }
}
