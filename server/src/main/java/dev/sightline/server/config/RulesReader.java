package dev.sightline.server.config;

import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Reads what `alerting` and `logs` say of rules.
final class RulesReader {
  private RulesReader() {}

  /// @param others the rule files that a Prometheus configuration names
  static RulesConfig read(YamlMap alerting, YamlMap logs, Collection<Path> others) {
    List<Path> files = files(alerting);
    files.addAll(others);
    return new RulesConfig(files, files(logs), alerting.bool("shipped_rules", true));
  }

  private static List<Path> files(YamlMap section) {
    List<Path> files = new ArrayList<>();
    for (YamlNode pattern : section.list("rule_files")) {
      Path path = pattern.asPath();
      if (String.valueOf(path.getParent()).indexOf('*') >= 0) {
        throw pattern.error("may hold * only after its last slash");
      }
      files.add(path);
    }
    return files;
  }
}
