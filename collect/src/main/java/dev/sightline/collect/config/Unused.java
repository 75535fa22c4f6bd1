package dev.sightline.collect.config;

import dev.sightline.wire.yaml.YamlMap;
import java.util.ArrayList;
import java.util.List;

/// Collects the keys that Prometheus knows, that stand in a file, and that nothing acts on here.
final class Unused {
  private final List<String> notes = new ArrayList<>();

  /// Accepts `keys` in `map`, and remembers those that are there.
  void note(YamlMap map, String... keys) {
    for (String key : keys) {
      if (map.has(key)) {
        String path = map.node().path();
        notes.add((path.isEmpty() ? "" : path + ".") + key + " (" + map.need(key).place() + ")");
      }
    }
  }

  List<String> notes() {
    return List.copyOf(notes);
  }
}
