package dev.sightline.server.config;

import dev.sightline.wire.serving.OutputMapping;
import dev.sightline.wire.serving.Selector;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `output`: how to read what a model answers.
final class OutputMappingReader {
  private static final double EVEN = 0.5;

  private OutputMappingReader() {}

  static OutputMapping read(@Nullable YamlNode node) {
    if (node == null) {
      return OutputMapping.DEFAULT;
    }
    try (YamlMap map = node.asMap()) {
      Selector rows = selector(map, "rows");
      Selector prediction = selector(map, "prediction");
      Selector confidence = selector(map, "confidence");
      Selector probabilities = selector(map, "probabilities");
      List<String> classes = map.list("classes").stream().map(YamlNode::asText).toList();
      YamlNode scale = map.find("scale");
      OutputMapping.Binary binary = binary(map, classes);
      return Checked.at(
          node,
          () ->
              new OutputMapping(
                  rows,
                  prediction,
                  confidence,
                  probabilities,
                  classes,
                  scale == null ? 1 : scale.asDouble(),
                  binary));
    }
  }

  private static OutputMapping.@Nullable Binary binary(YamlMap map, List<String> classes) {
    YamlNode threshold = map.find("threshold");
    YamlNode positive = map.find("positive");
    if (threshold == null && positive == null) {
      return null;
    }
    return Checked.at(
        threshold == null ? map.need("positive") : threshold,
        () ->
            OutputMapping.Binary.of(
                classes,
                positive == null ? null : positive.asText(),
                threshold == null ? EVEN : threshold.asDouble()));
  }

  private static @Nullable Selector selector(YamlMap map, String key) {
    YamlNode value = map.find(key);
    return value == null ? null : Checked.at(value, () -> Selector.parse(value.asText()));
  }
}
