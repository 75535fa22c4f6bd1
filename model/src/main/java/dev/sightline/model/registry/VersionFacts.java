package dev.sightline.model.registry;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What somebody says of one version of a model.
///
/// @param aliases such as `champion`, sorted
/// @param run that it came from, as the registry names it; empty where it is unknown
/// @param createdMs Unix milliseconds; 0 where it is unknown
public record VersionFacts(
    Stage stage,
    List<String> aliases,
    String description,
    SortedMap<String, String> tags,
    String run,
    long createdMs) {
  public static final VersionFacts NONE =
      new VersionFacts(Stage.NONE, List.of(), "", Collections.emptySortedMap(), "", 0);

  public VersionFacts {
    aliases = aliases.stream().sorted().distinct().toList();
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }

  public VersionFacts(
      Stage stage,
      List<String> aliases,
      String description,
      Map<String, String> tags,
      String run,
      long createdMs) {
    this(stage, aliases, description, new TreeMap<>(tags), run, createdMs);
  }
}
