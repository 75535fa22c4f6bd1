package dev.sightline.api.alerting;

import dev.sightline.alerting.Alert;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.model.prediction.Datum;
import dev.sightline.wire.serving.JsonDatum;
import dev.sightline.wire.serving.PayloadException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Alerts that a sender posted in the form of Alertmanager's API, and what was wrong with others.
///
/// @param faults one sentence for each alert that was refused
record PostedAlerts(List<Alert> alerts, List<String> faults) {
  /// What is wrong with one alert.
  private static final class Fault extends RuntimeException {
    Fault(String message) {
      super(message, null, false, false);
    }
  }

  /// @param resolveTimeout until when an alert fires whose sender names no end
  /// @throws PayloadException if it is no JSON
  static PostedAlerts read(byte[] body, long nowMs, Duration resolveTimeout) {
    if (!(JsonDatum.read(body) instanceof Datum.Items(List<Datum> items))) {
      throw new PayloadException("expected a list of alerts");
    }
    List<Alert> alerts = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      try {
        alerts.add(one(items.get(i), nowMs, resolveTimeout));
      } catch (Fault fault) {
        faults.add("alert " + i + ": " + fault.getMessage());
      }
    }
    return new PostedAlerts(alerts, faults);
  }

  private static Alert one(Datum posted, long nowMs, Duration resolveTimeout) {
    if (!(posted instanceof Datum.Fields(Map<String, Datum> fields))) {
      throw new Fault("must be an object");
    }
    Labels labels = labels(fields, "labels");
    if (labels.isEmpty()) {
      throw new Fault("at least one label pair required");
    }
    Long startsAtMs = timeMs(fields, "startsAt");
    Long endsAtMs = timeMs(fields, "endsAt");
    if (startsAtMs == null) {
      startsAtMs = endsAtMs == null ? Long.valueOf(nowMs) : endsAtMs;
    }
    if (endsAtMs == null) {
      endsAtMs = nowMs + resolveTimeout.toMillis();
    } else if (startsAtMs > endsAtMs) {
      throw new Fault("start time must be before end time");
    }
    return new Alert(
        labels,
        labels(fields, "annotations"),
        startsAtMs,
        endsAtMs,
        text("generatorURL", fields.get("generatorURL")),
        null,
        null);
  }

  private static Labels labels(Map<String, Datum> fields, String name) {
    Datum value = fields.get(name);
    if (value == null || value instanceof Datum.Missing) {
      return Labels.EMPTY;
    }
    if (!(value instanceof Datum.Fields(Map<String, Datum> pairs))) {
      throw new Fault(name + " must be an object");
    }
    List<Label> labels = new ArrayList<>();
    pairs.forEach((label, text) -> labels.add(new Label(label, text(label, text))));
    return Labels.of(labels);
  }

  private static String text(String name, @Nullable Datum value) {
    return switch (value) {
      case null -> "";
      case Datum.Missing _ -> "";
      case Datum.Text(String text) -> text;
      default -> throw new Fault(name + " must be a text");
    };
  }

  /// @return null where it is absent, empty or the year 1, which is how Go writes no time
  private static @Nullable Long timeMs(Map<String, Datum> fields, String name) {
    String text = text(name, fields.get(name));
    if (text.isEmpty() || text.startsWith("0001-01-01T")) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException _) {
      throw new Fault(name + " must be a time such as 2026-01-01T00:00:00Z");
    }
  }
}
