package dev.sightline.alerting.notify;

import dev.sightline.alerting.Alert;
import dev.sightline.model.label.Labels;
import java.util.List;
import java.util.function.Function;

/// What a receiver is told of a group of alerts at one time.
///
/// @param id stays the same when the same is told again because nobody knows whether it arrived
/// @param groupKey as Alertmanager writes it: `{}/{team="a"}:{alertname="Down"}`
/// @param alerts at least one, in Alertmanager's order
/// @param timeMs Unix milliseconds
/// @param mayRepeat whether an earlier attempt may have arrived
public record Notification(
    String id,
    String receiver,
    String groupKey,
    Labels groupLabels,
    List<StatedAlert> alerts,
    long timeMs,
    boolean mayRepeat) {
  public Notification {
    alerts = List.copyOf(alerts);
    if (alerts.isEmpty()) {
      throw new IllegalArgumentException("BUG: a notification about nothing");
    }
  }

  public boolean isFiring() {
    return alerts.stream().anyMatch(each -> !each.resolved());
  }

  /// `firing` as long as one of the alerts is.
  public String status() {
    return isFiring() ? "firing" : "resolved";
  }

  /// The labels that all alerts have in common.
  public Labels commonLabels() {
    return common(Alert::labels);
  }

  /// The annotations that all alerts have in common.
  public Labels commonAnnotations() {
    return common(Alert::annotations);
  }

  private Labels common(Function<Alert, Labels> of) {
    Labels first = of.apply(alerts.getFirst().alert());
    Labels.Builder common = first.toBuilder();
    for (StatedAlert each : alerts) {
      Labels here = of.apply(each.alert());
      first.toList().stream()
          .filter(label -> !here.get(label.name()).equals(label.value()))
          .forEach(label -> common.remove(label.name()));
    }
    return common.build();
  }
}
