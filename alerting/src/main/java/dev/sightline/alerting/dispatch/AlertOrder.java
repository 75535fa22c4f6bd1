package dev.sightline.alerting.dispatch;

import dev.sightline.alerting.Alert;
import dev.sightline.model.label.Labels;
import java.util.Comparator;

/// The order of alerts in a notification, as Alertmanager has it: by `job`, then `instance`, where
/// those without come last; then fewer labels first; then label by label.
final class AlertOrder {
  static final Comparator<Alert> INSTANCE =
      Comparator.comparing(
          Alert::labels,
          AlertOrder.present("job")
              .thenComparing(present("instance"))
              .thenComparingInt(Labels::size)
              .thenComparing(Comparator.naturalOrder()));

  private AlertOrder() {}

  private static Comparator<Labels> present(String name) {
    return Comparator.comparing((Labels labels) -> !labels.has(name))
        .thenComparing(labels -> labels.get(name));
  }
}
