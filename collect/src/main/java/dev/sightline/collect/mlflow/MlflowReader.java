package dev.sightline.collect.mlflow;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.registry.Stage;
import dev.sightline.model.registry.VersionFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Puts together what a tracking server says of its models and of their versions.
final class MlflowReader {
  private final Set<String> wanted;
  private final Map<String, Map<String, Set<String>>> aliases = new HashMap<>();
  private final Map<String, Map<String, VersionFacts>> models = new TreeMap<>();

  /// @param wanted names of models; empty for all
  MlflowReader(Set<String> wanted) {
    this.wanted = wanted;
  }

  /// All that it has, whole or not at all.
  Map<String, Map<String, VersionFacts>> read(MlflowClient client) throws MlflowException {
    client.search("registered-models/search", "registered_models", this::model);
    client.search("model-versions/search", "model_versions", this::version);
    return models;
  }

  private void model(Map<String, Datum> model) {
    String name = text(model, "name");
    if (isWanted(name)) {
      models.put(name, new TreeMap<>());
      for (Map<String, Datum> alias : objects(model, "aliases")) {
        aliases
            .computeIfAbsent(name, _ -> new HashMap<>())
            .computeIfAbsent(text(alias, "version"), _ -> new HashSet<>())
            .add(text(alias, "alias"));
      }
    }
  }

  private void version(Map<String, Datum> version) {
    String name = text(version, "name");
    String number = text(version, "version");
    if (!isWanted(name) || number.isEmpty()) {
      return;
    }
    Set<String> called =
        new HashSet<>(aliases.getOrDefault(name, Map.of()).getOrDefault(number, Set.of()));
    if (version.get("aliases") instanceof Datum.Items(List<Datum> items)) {
      for (Datum item : items) {
        if (item instanceof Datum.Text(String alias)) {
          called.add(alias);
        }
      }
    }
    Map<String, String> tags = new TreeMap<>();
    objects(version, "tags").forEach(tag -> tags.put(text(tag, "key"), text(tag, "value")));
    Stage stage = Stage.of(text(version, "current_stage"));
    VersionFacts facts =
        new VersionFacts(
            stage == null ? Stage.NONE : stage,
            List.copyOf(called),
            text(version, "description"),
            tags,
            text(version, "run_id"),
            timeMs(version.get("creation_timestamp")));
    models.computeIfAbsent(name, _ -> new TreeMap<>()).put(number, facts);
  }

  private boolean isWanted(String name) {
    return !name.isEmpty() && (wanted.isEmpty() || wanted.contains(name));
  }

  private static List<Map<String, Datum>> objects(Map<String, Datum> fields, String name) {
    List<Map<String, Datum>> objects = new ArrayList<>();
    if (fields.get(name) instanceof Datum.Items(List<Datum> items)) {
      for (Datum item : items) {
        if (item instanceof Datum.Fields(var found)) {
          objects.add(found);
        }
      }
    }
    return objects;
  }

  /// A text; a whole number counts as one.
  private static String text(Map<String, Datum> fields, String name) {
    return switch (fields.get(name)) {
      case Datum.Text(String text) -> text;
      case Datum.Amount(double number) when number == Math.rint(number) ->
          Long.toString((long) number);
      case null, default -> "";
    };
  }

  /// 64-bit numbers are texts in JSON that was made from protobuf.
  private static long timeMs(@Nullable Datum value) {
    return switch (value) {
      case Datum.Amount(double ms) -> (long) ms;
      case Datum.Text(String text) when text.matches("\\d{1,15}") -> Long.parseLong(text);
      case null, default -> 0;
    };
  }
}
