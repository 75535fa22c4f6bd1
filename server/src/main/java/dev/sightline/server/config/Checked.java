package dev.sightline.server.config;

import dev.sightline.wire.yaml.YamlNode;
import java.util.function.Supplier;

/// Gives the complaint of a record about its components the place in the file that it came from.
final class Checked {
  private Checked() {}

  static <T> T at(YamlNode node, Supplier<T> record) {
    try {
      return record.get();
    } catch (IllegalArgumentException bad) {
      throw node.fault(bad.getMessage());
    }
  }
}
