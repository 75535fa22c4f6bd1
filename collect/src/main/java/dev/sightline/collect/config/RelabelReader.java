package dev.sightline.collect.config;

import dev.sightline.collect.relabel.RelabelAction;
import dev.sightline.collect.relabel.RelabelRule;
import dev.sightline.model.label.BadPatternException;
import dev.sightline.model.label.WholeMatch;
import dev.sightline.wire.yaml.NearestWord;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.util.Arrays;
import java.util.List;

/// Reads `relabel_configs` and its siblings.
public final class RelabelReader {
  private RelabelReader() {}

  /// @throws dev.sightline.wire.yaml.ConfigException if a rule is malformed
  public static List<RelabelRule> read(List<YamlNode> rules) {
    return rules.stream().map(RelabelReader::rule).toList();
  }

  private static RelabelRule rule(YamlNode node) {
    if (node.isNull()) {
      throw node.error("is an empty rule");
    }
    try (YamlMap map = node.asMap()) {
      RelabelAction action = action(map);
      YamlNode source = map.find("source_labels");
      RelabelRule rule =
          new RelabelRule(
              action,
              source == null ? List.of() : source.asTexts(),
              map.has("separator") ? map.need("separator").asText() : RelabelRule.DEFAULT_SEPARATOR,
              regex(map),
              map.number("modulus", 0),
              map.text("target_label", ""),
              map.has("replacement")
                  ? map.need("replacement").asText()
                  : RelabelRule.DEFAULT_REPLACEMENT);
      check(rule, map);
      return rule;
    }
  }

  private static RelabelAction action(YamlMap map) {
    String word = map.text("action", "replace");
    RelabelAction action = RelabelAction.of(word);
    if (action == null) {
      List<String> known = Arrays.stream(RelabelAction.values()).map(RelabelAction::word).toList();
      String nearest = NearestWord.to(word, known);
      throw map.need("action")
          .error(
              "is no action: \""
                  + word
                  + "\"; "
                  + (nearest == null
                      ? "known are " + String.join(", ", known)
                      : "did you mean \"" + nearest + "\"?"));
    }
    return action;
  }

  private static WholeMatch regex(YamlMap map) {
    YamlNode given = map.find("regex");
    try {
      return WholeMatch.of(given == null ? RelabelRule.DEFAULT_REGEX : given.asText());
    } catch (BadPatternException bad) {
      throw map.need("regex").error("is unusable: " + bad.getMessage());
    }
  }

  private static void check(RelabelRule rule, YamlMap map) {
    String action = rule.action().word();
    boolean needsTarget =
        switch (rule.action()) {
          case REPLACE, HASHMOD, LOWERCASE, UPPERCASE, KEEPEQUAL, DROPEQUAL -> true;
          case KEEP, DROP, LABELMAP, LABELDROP, LABELKEEP -> false;
        };
    if (needsTarget && rule.target().isEmpty()) {
      throw map.node().error("of action " + action + " needs a target_label");
    }
    if (rule.action() == RelabelAction.HASHMOD && rule.modulus() <= 0) {
      throw map.node().error("of action hashmod needs a modulus above 0");
    }
    switch (rule.action()) {
      case LABELDROP, LABELKEEP ->
          refuse(
              map, action, "source_labels", "target_label", "modulus", "separator", "replacement");
      case KEEPEQUAL, DROPEQUAL ->
          refuse(map, action, "regex", "modulus", "separator", "replacement");
      case LOWERCASE, UPPERCASE -> refuse(map, action, "replacement");
      case REPLACE, KEEP, DROP, HASHMOD, LABELMAP -> {}
    }
  }

  private static void refuse(YamlMap map, String action, String... keys) {
    for (String key : keys) {
      if (map.has(key)) {
        throw map.need(key).error("has no meaning for action " + action);
      }
    }
  }
}
