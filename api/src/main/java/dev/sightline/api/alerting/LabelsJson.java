package dev.sightline.api.alerting;

import dev.sightline.api.json.JsonWriter;
import dev.sightline.model.label.Labels;

/// Labels as a JSON object.
final class LabelsJson {
  private LabelsJson() {}

  static void write(JsonWriter json, Labels labels) {
    json.beginObject();
    for (int i = 0; i < labels.size(); i++) {
      json.name(labels.name(i)).value(labels.value(i));
    }
    json.endObject();
  }
}
