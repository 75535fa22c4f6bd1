package dev.sightline.wire.serving;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings of a case: `key=value` with spaces between.
final class Settings {
  private Settings() {}

  static Map<String, String> parse(String text) {
    Map<String, String> settings = new HashMap<>();
    for (String setting : text.split(" ")) {
      int equals = setting.indexOf('=');
      if (equals > 0) {
        settings.put(setting.substring(0, equals), setting.substring(equals + 1));
      }
    }
    return settings;
  }

  static int rows(Map<String, String> settings) {
    return Integer.parseInt(settings.getOrDefault("rows", "-1"));
  }

  static InputMapping input(Map<String, String> settings) {
    return new InputMapping(
        selector(settings.get("in")), selector(settings.get("id")), settings.containsKey("text"));
  }

  static OutputMapping mapping(Map<String, String> settings) {
    List<String> classes =
        settings.containsKey("classes") ? List.of(settings.get("classes").split(",")) : List.of();
    boolean binary = settings.containsKey("threshold") || settings.containsKey("positive");
    return new OutputMapping(
        selector(settings.get("at")),
        selector(settings.get("prediction")),
        selector(settings.get("confidence")),
        selector(settings.get("probabilities")),
        classes,
        Double.parseDouble(settings.getOrDefault("scale", "1")),
        binary
            ? OutputMapping.Binary.of(
                classes,
                settings.get("positive"),
                Double.parseDouble(settings.getOrDefault("threshold", "0.5")))
            : null);
  }

  static @Nullable Selector selector(@Nullable String text) {
    return text == null ? null : Selector.parse(text);
  }
}
