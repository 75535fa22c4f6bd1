package dev.sightline.alerting.notify.mail;

import dev.sightline.alerting.Alert;
import dev.sightline.alerting.notify.Notification;
import dev.sightline.alerting.notify.StatedAlert;
import dev.sightline.model.label.Labels;
import java.time.Instant;
import java.util.List;

/// Alerts and notifications that tests tell of.
final class Alerts {
  static final long NOW_MS = Instant.parse("2026-11-21T10:05:00Z").toEpochMilli();

  private Alerts() {}

  /// One that a rule of ours raised.
  static StatedAlert firing(Labels labels, Labels annotations) {
    return new StatedAlert(
        new Alert(
            labels,
            annotations,
            Instant.parse("2026-11-21T10:00:00Z").toEpochMilli(),
            Long.MAX_VALUE,
            "http://here:7444/graph?g0.expr=rate%28x%5B1m%5D%29+%3E+0.5&g0.tab=1",
            "rate(x[1m]) > 0.5",
            0.8312),
        false);
  }

  static StatedAlert resolved(Labels labels) {
    return new StatedAlert(
        new Alert(
            labels,
            Labels.EMPTY,
            Instant.parse("2026-11-21T10:00:00Z").toEpochMilli(),
            Instant.parse("2026-11-21T10:04:30Z").toEpochMilli(),
            "http://other:9090/graph?g0.expr=up+%3D%3D+0&g0.tab=1",
            null,
            null),
        true);
  }

  static Notification of(Labels group, StatedAlert... alerts) {
    return new Notification("id1", "ops", "{}:{}", group, List.of(alerts), NOW_MS, false);
  }
}
