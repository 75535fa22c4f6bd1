package dev.sightline.api.prometheus;

import dev.sightline.api.http.Reply;
import dev.sightline.api.json.JsonBody;
import dev.sightline.api.json.JsonWriter;
import dev.sightline.model.label.Labels;
import java.util.List;

/// The frame around every successful answer of Prometheus's API, and the pieces that recur in it.
final class Envelope {
  static final String TRUNCATED = "results truncated due to limit";

  private Envelope() {}

  static Reply success(JsonBody data) {
    return success(data, List.of(), List.of());
  }

  static Reply success(JsonBody data, List<String> warnings, List<String> infos) {
    return Reply.json(
        json -> {
          json.beginObject().name("status").value("success").name("data");
          data.writeTo(json);
          texts(json, "warnings", warnings);
          texts(json, "infos", infos);
          json.endObject();
        });
  }

  static Reply successOf(List<String> values, int limit) {
    List<String> shown = limited(values, limit);
    return success(
        json -> {
          json.beginArray();
          shown.forEach(json::value);
          json.endArray();
        },
        warnings(values, limit),
        List.of());
  }

  static <T> List<T> limited(List<T> values, int limit) {
    return limit > 0 && values.size() > limit ? values.subList(0, limit) : values;
  }

  static List<String> warnings(List<?> values, int limit) {
    return limit > 0 && values.size() > limit ? List.of(TRUNCATED) : List.of();
  }

  static void labels(JsonWriter json, Labels labels) {
    json.beginObject();
    for (int i = 0; i < labels.size(); i++) {
      json.name(labels.name(i)).value(labels.value(i));
    }
    json.endObject();
  }

  private static void texts(JsonWriter json, String name, List<String> texts) {
    if (!texts.isEmpty()) {
      json.name(name).beginArray();
      texts.forEach(json::value);
      json.endArray();
    }
  }
}
