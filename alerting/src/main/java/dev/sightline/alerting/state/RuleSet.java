package dev.sightline.alerting.state;

import dev.sightline.alerting.rule.RuleGroup;
import dev.sightline.model.label.Labels;
import java.net.URI;
import java.util.List;

/// The rules that are in force.
///
/// @param externalLabels put on alerts that do not have them
/// @param externalUrl where people reach this server
public record RuleSet(List<RuleGroup> groups, Labels externalLabels, URI externalUrl) {
  public RuleSet {
    groups = List.copyOf(groups);
  }

  /// The address without a slash at its end.
  String url() {
    String text = externalUrl.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
