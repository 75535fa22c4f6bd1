package dev.sightline.server.config;

import dev.sightline.predictions.privacy.FieldRule;
import dev.sightline.predictions.privacy.FieldRules;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads `fields` of models: what is done with features and tags before they are stored.
final class FieldsReader {
  private static final String OTHERS = "*";

  private FieldsReader() {}

  /// By model, and by the shadow of a model; only of those that say it.
  static Map<String, FieldRules> rules(List<YamlNode> models) {
    Map<String, FieldRules> rules = new LinkedHashMap<>();
    for (YamlNode model : models) {
      // The rest of the map is read, and checked, where models are.
      YamlMap map = model.asMap();
      YamlNode node = map.find("fields");
      if (node != null) {
        FieldRules read = read(node);
        String name = map.need("name").asText();
        rules.put(name, read);
        rules.put(RivalsReader.shadowName(map, name), read);
      }
    }
    return rules;
  }

  private static FieldRules read(YamlNode node) {
    try (YamlMap map = node.asMap()) {
      Map<String, FieldRule> byName = new LinkedHashMap<>();
      FieldRule others = new FieldRule.Keep();
      for (String name : map.keys()) {
        FieldRule rule = rule(map.need(name));
        if (name.equals(OTHERS)) {
          others = rule;
        } else {
          byName.put(name, rule);
        }
      }
      return new FieldRules(byName, others);
    }
  }

  private static FieldRule rule(YamlNode node) {
    if (node.isMap()) {
      try (YamlMap map = node.asMap()) {
        YamlNode length = map.need("truncate");
        return Checked.at(
            length,
            () -> new FieldRule.Truncate(Math.clamp(length.asLong(), 0, Integer.MAX_VALUE)));
      }
    }
    return switch (node.asText()) {
      case "keep" -> new FieldRule.Keep();
      case "drop" -> new FieldRule.Drop();
      case "hash" -> new FieldRule.Hash();
      default -> throw node.error("must be keep, drop, hash or {truncate: N}");
    };
  }
}
