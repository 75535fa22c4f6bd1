package dev.sightline.alerting.config;

import dev.sightline.alerting.notify.text.NotificationTemplate;
import dev.sightline.alerting.rule.RuleFiles;
import dev.sightline.template.TemplateException;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads texts that are templates, and the files of definitions that they may invoke.
final class Templates {
  private final List<String> definitions;

  private Templates(List<String> definitions) {
    this.definitions = List.copyOf(definitions);
  }

  /// @param patterns the value of `templates`: paths whose last part may hold `*`
  static Templates read(List<YamlNode> patterns) {
    List<String> definitions = new ArrayList<>();
    for (YamlNode pattern : patterns) {
      for (Path file : RuleFiles.find(List.of(pattern.asPath()))) {
        definitions.add(checked(file, pattern));
      }
    }
    return new Templates(definitions);
  }

  private static String checked(Path file, YamlNode pattern) {
    try {
      String text = Files.readString(file);
      var unused = new NotificationTemplate("", List.of(text));
      return unused.isEmpty() ? text : "";
    } catch (IOException unreadable) {
      throw pattern.error("names " + file + ", which cannot be read");
    } catch (TemplateException bad) {
      throw pattern.fault(file + ": " + bad.getMessage());
    }
  }

  NotificationTemplate text(YamlMap map, String key, String otherwise) {
    YamlNode node = map.find(key);
    return node == null ? of(otherwise) : of(node);
  }

  NotificationTemplate of(YamlNode node) {
    try {
      return of(node.isNull() ? "" : node.asText());
    } catch (TemplateException bad) {
      throw node.fault(bad.getMessage());
    }
  }

  NotificationTemplate of(String text) {
    return new NotificationTemplate(text, definitions);
  }
}
