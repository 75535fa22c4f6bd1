package dev.sightline.alerting.dispatch;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import java.util.function.DoubleSupplier;

/// The numbers that notifying keeps about itself.
final class NotifyMeters {
  private final MeterRegistry registry;

  NotifyMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void watch(DoubleSupplier alerts, DoubleSupplier waiting) {
    registry.gauge(
        "sightline_alerts_held", "Alerts that may have to be told.", Labels.EMPTY, alerts);
    registry.gauge(
        "sightline_notifications_waiting",
        "Notifications that are being sent or will be tried again.",
        Labels.EMPTY,
        waiting);
  }

  void attempted(String kind, boolean sent) {
    Labels labels = Labels.of("integration", kind);
    registry.counter("sightline_notifications_total", "Attempts to notify.", labels).increment();
    if (!sent) {
      registry
          .counter("sightline_notifications_failed_total", "Attempts that failed.", labels)
          .increment();
    }
  }

  void refused(long alerts) {
    registry
        .counter(
            "sightline_alerts_refused_total", "Alerts for which there was no room.", Labels.EMPTY)
        .add(alerts);
  }
}
