package dev.sightline.server.config;

import dev.sightline.gateway.UpstreamModel;
import dev.sightline.gateway.UpstreamModel.Protocol;
import dev.sightline.gateway.UpstreamModel.Task;
import dev.sightline.wire.serving.OutputMapping;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one of `models`.
final class ModelReader {
  private ModelReader() {}

  static UpstreamModel read(YamlNode node) {
    try (YamlMap map = node.asMap()) {
      String name = map.need("name").asText();
      String version = map.text("version", "");
      YamlNode upstream = map.need("upstream");
      Protocol protocol = protocol(map);
      Task task = task(map);
      OutputMapping output = output(map.find("output"));
      return Checked.at(
          node,
          () ->
              new UpstreamModel(
                  name, version, URI.create(upstream.asText()), protocol, task, output));
    }
  }

  private static Protocol protocol(YamlMap map) {
    return switch (map.text("protocol", "mlflow")) {
      case "mlflow" -> Protocol.MLFLOW;
      default -> throw map.need("protocol").error("must be mlflow");
    };
  }

  private static Task task(YamlMap map) {
    return switch (map.text("task", "classification")) {
      case "classification" -> Task.CLASSIFICATION;
      case "regression" -> Task.REGRESSION;
      default -> throw map.need("task").error("must be classification or regression");
    };
  }

  private static OutputMapping output(@Nullable YamlNode node) {
    if (node == null) {
      return OutputMapping.DEFAULT;
    }
    try (YamlMap map = node.asMap()) {
      String prediction = selector(map, "prediction");
      String confidence = selector(map, "confidence");
      String probabilities = selector(map, "probabilities");
      List<String> classes = map.list("classes").stream().map(YamlNode::asText).toList();
      YamlNode scale = map.find("scale");
      YamlNode threshold = map.find("threshold");
      return Checked.at(
          node,
          () ->
              new OutputMapping(
                  prediction,
                  confidence,
                  probabilities,
                  classes,
                  scale == null ? 1 : scale.asDouble(),
                  threshold == null ? null : threshold.asDouble()));
    }
  }

  private static @Nullable String selector(YamlMap map, String key) {
    YamlNode value = map.find(key);
    return value == null ? null : value.asText();
  }
}
