package dev.sightline.storage.simulated;

import java.util.SortedMap;
import java.util.TreeMap;

/// The names in one directory, as programs see them and as they are on the platters.
final class SimulatedDirectory implements SimulatedNode {
  private final TreeMap<String, SimulatedNode> names = new TreeMap<>();
  private final TreeMap<String, SimulatedNode> durableNames = new TreeMap<>();

  SortedMap<String, SimulatedNode> names() {
    return names;
  }

  SortedMap<String, SimulatedNode> durableNames() {
    return durableNames;
  }
}
