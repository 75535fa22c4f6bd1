package dev.sightline.api.models;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which fields of a prediction an answer has; the id is always there.
///
/// @param fields as the answer names them
/// @param features those that are shown where not all are
record Shown(Set<String> fields, Set<String> features) {
  private static final String FEATURE = "feature.";
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "time",
          "version",
          "features",
          "prediction",
          "confidence",
          "probabilities",
          "latency_ms",
          "tags",
          "ground_truth");
  static final Shown ALL = new Shown(FIELDS, Set.of());

  /// @throws IllegalArgumentException in the user's words
  static Shown of(List<String> names) {
    Set<String> fields = new HashSet<>();
    Set<String> features = new HashSet<>();
    for (String name : names) {
      if (name.startsWith(FEATURE)) {
        features.add(name.substring(FEATURE.length()));
      } else if (FIELDS.contains(name)) {
        fields.add(name);
      } else {
        throw new IllegalArgumentException(
            "\"" + name + "\" is none of feature.NAME, " + FIELDS.stream().sorted().toList());
      }
    }
    return new Shown(fields, features);
  }

  boolean shows(String field) {
    return fields.contains(field);
  }

  boolean showsFeatures() {
    return shows("features") || !features.isEmpty();
  }

  boolean showsFeature(String name) {
    return shows("features") || features.contains(name);
  }
}
