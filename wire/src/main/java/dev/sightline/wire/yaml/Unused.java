package dev.sightline.wire.yaml;

import java.util.ArrayList;
import java.util.List;

/// Collects the keys that stand in a file and are valid there, and that nothing acts on here.
public final class Unused {
  private final List<String> notes = new ArrayList<>();

  /// Accepts `keys` in `map`, and remembers those that are there.
  public void note(YamlMap map, String... keys) {
    for (String key : keys) {
      if (map.has(key)) {
        String path = map.node().path();
        notes.add((path.isEmpty() ? "" : path + ".") + key + " (" + map.need(key).place() + ")");
      }
    }
  }

  /// `path.key (file:line:column)`, in the order of reading.
  public List<String> notes() {
    return List.copyOf(notes);
  }
}
