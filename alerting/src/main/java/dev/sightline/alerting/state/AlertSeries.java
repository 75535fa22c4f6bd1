package dev.sightline.alerting.state;

import dev.sightline.alerting.state.ActiveAlert.Phase;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import java.util.function.BiConsumer;

/// The series that say which alerts there are: `ALERTS` and `ALERTS_FOR_STATE`.
final class AlertSeries {
  private AlertSeries() {}

  static void of(ActiveAlert alert, BiConsumer<Labels, Double> into) {
    if (alert.isActive()) {
      Labels.Builder labels = alert.labels().toBuilder();
      into.accept(
          labels.set(Label.METRIC_NAME, "ALERTS_FOR_STATE").build(),
          (double) Math.floorDiv(alert.activeAtMs(), 1_000L));
      String state = alert.phase() == Phase.FIRING ? "firing" : "pending";
      into.accept(labels.set(Label.METRIC_NAME, "ALERTS").set("alertstate", state).build(), 1.0);
    }
  }
}
