package dev.sightline.quality.baseline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The summary of one window of a model's rows.
///
/// @param startMs included; both are 0 for rows that came from a file
/// @param endMs excluded
/// @param duplicates rows whose inputs another row has, too
/// @param sources what was read, in the order in which it is shown
/// @param features by name; a text stands as its properties
/// @param vocabularies of text features, by name
/// @param types which JSON types a few of the rows had, by input
/// @param sample some of the rows
public record Baseline(
    long startMs,
    long endMs,
    long rows,
    long duplicates,
    List<Source> sources,
    Map<String, Feature> features,
    Map<String, Vocabulary> vocabularies,
    Map<String, Set<String>> types,
    Correlations correlations,
    RowSample sample) {
  public Baseline {
    sources = List.copyOf(sources);
    features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
    vocabularies = Map.copyOf(vocabularies);
    types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
  }

  /// @param source the name of what was read for it
  public record Feature(String name, String source, Aspect aspect, FeatureColumn column) {}

  /// The same of rows that have no time.
  Baseline fromFile() {
    return new Baseline(
        0, 0, rows, duplicates, sources, features, vocabularies, types, correlations, sample);
  }

  public boolean isFromFile() {
    return startMs == 0 && endMs == 0;
  }
}
