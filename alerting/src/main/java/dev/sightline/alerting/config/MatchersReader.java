package dev.sightline.alerting.config;

import dev.sightline.alerting.route.MatcherText;
import dev.sightline.model.label.BadPatternException;
import dev.sightline.model.label.MatchOperator;
import dev.sightline.model.label.Matcher;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/// Reads which alerts are meant: `match`, `match_re` and `matchers`, in this order.
final class MatchersReader {
  private MatchersReader() {}

  /// @param prefix of the three keys
  static List<Matcher> read(YamlMap map, String prefix) {
    List<Matcher> matchers = new ArrayList<>();
    YamlMap equal = map.map(prefix + "match");
    for (String name : equal.keys()) {
      matchers.add(Matcher.equal(name, equal.need(name).asText()));
    }
    YamlMap regex = map.map(prefix + "match_re");
    for (String name : regex.keys()) {
      YamlNode value = regex.need(name);
      // The anchors change nothing but the name of the route, which is Alertmanager's.
      matchers.add(pattern(name, "^(?:" + value.asText() + ")$", value));
    }
    for (YamlNode text : map.list(prefix + "matchers")) {
      try {
        matchers.addAll(MatcherText.parse(text.asText()));
      } catch (IllegalArgumentException bad) {
        throw text.fault(bad.getMessage());
      }
    }
    return List.copyOf(matchers);
  }

  private static Matcher pattern(String name, String regex, YamlNode at) {
    try {
      return new Matcher(name, MatchOperator.REGEX, regex);
    } catch (BadPatternException bad) {
      throw at.fault(bad.getMessage());
    }
  }
}
