package dev.sightline.api.models;

import dev.sightline.api.json.JsonWriter;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import java.time.Instant;
import java.util.Map;

/// Writes predictions with their truths as JSON. What a prediction does not have is left out.
public final class PredictionWriter {
  private PredictionWriter() {}

  static void write(JsonWriter json, Labelled labelled) {
    write(json, labelled, Shown.ALL);
  }

  static void write(JsonWriter json, Labelled labelled, Shown shown) {
    Prediction prediction = labelled.prediction();
    json.beginObject().name("id").value(prediction.id());
    if (shown.shows("time")) {
      json.name("time").value(time(prediction.timeMs()));
    }
    if (shown.shows("version") && !prediction.version().isEmpty()) {
      json.name("version").value(prediction.version());
    }
    if (shown.showsFeatures()) {
      json.name("features");
      features(json, prediction, shown);
    }
    if (shown.shows("prediction")) {
      json.name("prediction");
      datum(json, prediction.output());
    }
    optionals(json, prediction, shown);
    GroundTruth truth = labelled.truth();
    if (truth != null && shown.shows("ground_truth")) {
      json.name("ground_truth").beginObject().name("value");
      datum(json, truth.value());
      json.name("time").value(time(truth.timeMs())).endObject();
    }
    json.endObject();
  }

  /// RFC 3339 with milliseconds where there are any.
  static String time(long timeMs) {
    return Instant.ofEpochMilli(timeMs).toString();
  }

  private static void features(JsonWriter json, Prediction prediction, Shown shown) {
    json.beginObject();
    prediction
        .features()
        .forEach(
            (name, value) -> {
              if (shown.showsFeature(name)) {
                json.name(name);
                datum(json, value);
              }
            });
    json.endObject();
  }

  private static void optionals(JsonWriter json, Prediction prediction, Shown shown) {
    Double confidence = prediction.confidence();
    if (confidence != null && shown.shows("confidence")) {
      json.name("confidence").value(confidence.doubleValue());
    }
    if (!prediction.probabilities().isEmpty() && shown.shows("probabilities")) {
      json.name("probabilities").beginObject();
      prediction
          .probabilities()
          .forEach((name, share) -> json.name(name).value(share.doubleValue()));
      json.endObject();
    }
    Double latencyMs = prediction.latencyMs();
    if (latencyMs != null && shown.shows("latency_ms")) {
      json.name("latency_ms").value(latencyMs.doubleValue());
    }
    if (!prediction.tags().isEmpty() && shown.shows("tags")) {
      json.name("tags").beginObject();
      prediction.tags().forEach((name, text) -> json.name(name).value(text));
      json.endObject();
    }
  }

  private static void fields(JsonWriter json, Map<String, Datum> fields) {
    json.beginObject();
    fields.forEach(
        (name, value) -> {
          json.name(name);
          datum(json, value);
        });
    json.endObject();
  }

  /// One value, as JSON has it; numbers that JSON does not have as texts.
  public static void datum(JsonWriter json, Datum datum) {
    switch (datum) {
      case Datum.Missing _ -> json.nullValue();
      case Datum.Amount(double number) -> json.value(number);
      case Datum.Text(String text) -> json.value(text);
      case Datum.Flag(boolean flag) -> json.value(flag);
      case Datum.Items items -> {
        json.beginArray();
        items.values().forEach(item -> datum(json, item));
        json.endArray();
      }
      case Datum.Fields object -> fields(json, object.values());
    }
  }
}
