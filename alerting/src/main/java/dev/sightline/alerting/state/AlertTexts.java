package dev.sightline.alerting.state;

import dev.sightline.alerting.rule.Condition.Breach;
import dev.sightline.alerting.rule.Rule;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.template.Template;
import dev.sightline.template.Template.Limits;
import dev.sightline.template.TemplateException;
import dev.sightline.template.Value;
import java.util.Map;

/// Fills in the labels and annotations of an alert.
///
/// @param externalLabels of this server, which templates may name
/// @param externalUrl where people reach it
record AlertTexts(Labels externalLabels, String externalUrl) {
  private static final Limits LIMITS = new Limits(64 * 1024, 20_000, 20);

  /// Which alert a breach raises.
  Labels labels(Rule.Alerting rule, Breach breach) {
    Labels.Builder labels = breach.labels().toBuilder();
    labels.remove(Label.METRIC_NAME);
    Map<String, Value> variables = variables(breach);
    rule.texts().forEach((name, text) -> labels.set(name, expand(rule, text, variables)));
    return labels.set("alertname", rule.name()).build();
  }

  Labels annotations(Rule.Alerting rule, Breach breach) {
    Labels.Builder annotations = new Labels.Builder();
    Map<String, Value> variables = variables(breach);
    rule.annotations()
        .forEach((name, text) -> annotations.set(name, expand(rule, text, variables)));
    return annotations.build();
  }

  /// A mistake that shows only now stands where the text should: the alert is worth more than it.
  private static String expand(Rule.Alerting rule, Template text, Map<String, Value> variables) {
    Value data =
        new Value.Structure(
            "template.AlertTemplateData",
            Map.of(
                "Labels", variables.getOrDefault("$labels", Value.nil()),
                "ExternalLabels", variables.getOrDefault("$externalLabels", Value.nil()),
                "ExternalURL", variables.getOrDefault("$externalURL", Value.nil()),
                "Value", variables.getOrDefault("$value", Value.nil())));
    try {
      return text.expand(data, variables, LIMITS);
    } catch (TemplateException failure) {
      return "<error expanding template: error executing template __alert_"
          + rule.name()
          + ": "
          + failure.getMessage()
          + '>';
    }
  }

  private Map<String, Value> variables(Breach breach) {
    return Map.of(
        "$labels",
        Value.Mapping.ofTexts(breach.labels().toMap()),
        "$externalLabels",
        Value.Mapping.ofTexts(externalLabels.toMap()),
        "$externalURL",
        new Value.Text(externalUrl),
        "$value",
        new Value.Real(breach.value()));
  }
}
