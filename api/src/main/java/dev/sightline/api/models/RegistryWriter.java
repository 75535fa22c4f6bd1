package dev.sightline.api.models;

import dev.sightline.api.json.JsonWriter;
import dev.sightline.model.registry.PollState;
import dev.sightline.model.registry.VersionFacts;
import dev.sightline.quality.registry.FieldSpec;
import dev.sightline.quality.registry.ModelCard;
import dev.sightline.quality.registry.ModelEvent;
import dev.sightline.quality.registry.Schema;
import dev.sightline.quality.registry.VersionCard;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Writes what is said of models as JSON.
final class RegistryWriter {
  private RegistryWriter() {}

  /// @param polled how another registry was reached last; null where none is asked
  static void card(JsonWriter json, ModelCard card, String task, @Nullable PollState polled) {
    json.beginObject().name("name").value(card.model());
    text(json, "task", task);
    text(json, "owner", card.owner());
    text(json, "description", card.description());
    if (!card.training().isEmpty()) {
      json.name("training").beginObject();
      card.training().forEach((name, rows) -> json.name(name).value(rows.longValue()));
      json.endObject();
    }
    json.name("versions").beginArray();
    card.versions().values().forEach(version -> version(json, version));
    json.endArray();
    if (polled != null) {
      polled(json, polled);
    }
    json.endObject();
  }

  private static void polled(JsonWriter json, PollState polled) {
    json.name("mlflow").beginObject().name("tracking_uri").value(polled.place());
    json.name("state").value(polled.failure().isEmpty() ? "ok" : "failing");
    Long lastMs = polled.lastSuccessMs();
    if (lastMs != null) {
      json.name("last_success").value(PredictionWriter.time(lastMs));
    }
    text(json, "error", polled.failure());
    json.endObject();
  }

  private static void version(JsonWriter json, VersionCard version) {
    json.beginObject().name("version").value(version.version());
    if (version.firstCallMs() != 0) {
      json.name("first_prediction").value(PredictionWriter.time(version.firstCallMs()));
    }
    facts(json, version.facts());
    VersionFacts polled = version.polled();
    if (polled != null) {
      json.name("mlflow").beginObject();
      facts(json, polled);
      json.endObject();
    }
    json.endObject();
  }

  private static void facts(JsonWriter json, VersionFacts facts) {
    json.name("stage").value(facts.stage().word());
    if (!facts.aliases().isEmpty()) {
      json.name("aliases").beginArray();
      facts.aliases().forEach(json::value);
      json.endArray();
    }
    text(json, "description", facts.description());
    if (!facts.tags().isEmpty()) {
      json.name("tags").beginObject();
      facts.tags().forEach((name, value) -> json.name(name).value(value));
      json.endObject();
    }
    text(json, "run", facts.run());
    if (facts.createdMs() != 0) {
      json.name("created").value(PredictionWriter.time(facts.createdMs()));
    }
  }

  private static void text(JsonWriter json, String name, String value) {
    if (!value.isEmpty()) {
      json.name(name).value(value);
    }
  }

  /// @param edited what people said that inputs may hold
  static void schema(JsonWriter json, Schema seen, Map<String, FieldSpec> edited) {
    SortedSet<String> names = new TreeSet<>(seen.inputs().keySet());
    names.addAll(edited.keySet());
    json.beginObject().name("rows").value(seen.rows()).name("features").beginArray();
    for (String name : names) {
      json.beginObject().name("name").value(name);
      Schema.Input input = seen.inputs().get(name);
      if (input != null) {
        json.name("present").value(input.present());
      }
      spec(json, "inferred", input == null ? null : input.spec());
      spec(json, "edited", edited.get(name));
      json.endObject();
    }
    json.endArray().endObject();
  }

  private static void spec(JsonWriter json, String name, @Nullable FieldSpec spec) {
    if (spec == null) {
      return;
    }
    json.name(name).beginObject();
    text(json, "type", spec.type());
    Double min = spec.min();
    Double max = spec.max();
    if (min != null) {
      json.name("min").value(min);
    }
    if (max != null) {
      json.name("max").value(max);
    }
    if (!spec.allowed().isEmpty()) {
      json.name("allowed").beginArray();
      spec.allowed().forEach(json::value);
      json.endArray();
    }
    json.endObject();
  }

  static void event(JsonWriter json, String model, ModelEvent event) {
    json.beginObject().name("number").value(event.number()).name("model").value(model);
    text(json, "version", event.version());
    json.name("kind").value(event.kind());
    text(json, "text", event.text());
    json.name("time").value(PredictionWriter.time(event.timeMs()));
    text(json, "by", event.by());
    json.endObject();
  }
}
