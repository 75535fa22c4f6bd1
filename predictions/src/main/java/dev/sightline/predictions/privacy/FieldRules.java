package dev.sightline.predictions.privacy;

import java.util.Map;

/// What is done with the features and tags of one model.
///
/// @param byName of features and tags; with dots between the names of fields in fields
/// @param others what is done with those that are not named
public record FieldRules(Map<String, FieldRule> byName, FieldRule others) {
  /// Everything is kept.
  public static final FieldRules NONE = new FieldRules(Map.of(), new FieldRule.Keep());

  public FieldRules {
    byName = Map.copyOf(byName);
  }

  FieldRule of(String path) {
    return byName.getOrDefault(path, others);
  }

  /// Whether a field below this one has a rule of its own.
  boolean hasBelow(String path) {
    return byName.keySet().stream().anyMatch(name -> name.startsWith(path + "."));
  }

  boolean keepsAll() {
    return others instanceof FieldRule.Keep && byName.isEmpty();
  }
}
