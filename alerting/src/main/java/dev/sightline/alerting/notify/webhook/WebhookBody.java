package dev.sightline.alerting.notify.webhook;

import dev.sightline.alerting.Alert;
import dev.sightline.alerting.Fingerprint;
import dev.sightline.alerting.notify.Notification;
import dev.sightline.alerting.notify.StatedAlert;
import dev.sightline.model.label.Labels;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// A notification as Alertmanager's web hooks tell it: the JSON of version 4.
final class WebhookBody {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private WebhookBody() {}

  /// @param maxAlerts 0 for all
  static byte[] of(Notification notification, int maxAlerts, String externalUrl) {
    List<StatedAlert> told = notification.alerts();
    int truncated = maxAlerts > 0 ? Math.max(0, told.size() - maxAlerts) : 0;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeStringProperty("receiver", notification.receiver());
      json.writeStringProperty("status", notification.status());
      json.writeArrayPropertyStart("alerts");
      told.subList(0, told.size() - truncated).forEach(each -> write(json, each));
      json.writeEndArray();
      write(json, "groupLabels", notification.groupLabels());
      write(json, "commonLabels", notification.commonLabels());
      write(json, "commonAnnotations", notification.commonAnnotations());
      json.writeStringProperty("externalURL", externalUrl);
      json.writeStringProperty("version", "4");
      json.writeStringProperty("groupKey", notification.groupKey());
      json.writeNumberProperty("truncatedAlerts", truncated);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, StatedAlert stated) {
    Alert alert = stated.alert();
    json.writeStartObject();
    json.writeStringProperty("status", stated.status());
    write(json, "labels", alert.labels());
    write(json, "annotations", alert.annotations());
    json.writeStringProperty("startsAt", time(alert.startsAtMs()));
    json.writeStringProperty("endsAt", stated.resolved() ? time(alert.endsAtMs()) : NEVER);
    json.writeStringProperty("generatorURL", alert.generatorUrl());
    json.writeStringProperty("fingerprint", Fingerprint.text(alert.labels()));
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, Labels labels) {
    json.writeObjectPropertyStart(name);
    for (int i = 0; i < labels.size(); i++) {
      json.writeStringProperty(labels.name(i), labels.value(i));
    }
    json.writeEndObject();
  }

  /// As Go writes times: no zeros at the end of the fraction.
  private static String time(long ms) {
    String text = Instant.ofEpochMilli(ms).toString();
    int point = text.indexOf('.');
    return point < 0 ? text : text.substring(0, point) + fraction(text.substring(point));
  }

  private static String fraction(String withPoint) {
    return withPoint.replaceFirst("0+Z$", "Z");
  }
}
