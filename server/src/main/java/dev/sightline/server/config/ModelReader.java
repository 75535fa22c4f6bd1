package dev.sightline.server.config;

import dev.sightline.gateway.UpstreamModel;
import dev.sightline.gateway.UpstreamModel.Task;
import dev.sightline.wire.serving.InputMapping;
import dev.sightline.wire.serving.OutputMapping;
import dev.sightline.wire.serving.Protocol;
import dev.sightline.wire.serving.Selector;
import dev.sightline.wire.serving.ServingReader;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one of `models`.
final class ModelReader {
  private static final double EVEN = 0.5;

  private ModelReader() {}

  static UpstreamModel read(YamlNode node) {
    try (YamlMap map = node.asMap()) {
      String name = map.need("name").asText();
      String version = map.text("version", "");
      YamlNode upstream = map.need("upstream");
      ServingReader reader = reader(map);
      Task task = task(map, reader.protocol());
      map.accept("training", "segments"); // read for quality
      return Checked.at(
          node,
          () -> new UpstreamModel(name, version, URI.create(upstream.asText()), task, reader));
    }
  }

  private static ServingReader reader(YamlMap map) {
    Protocol protocol = protocol(map);
    List<String> paths = map.list("paths").stream().map(ModelReader::path).toList();
    boolean keepText = map.bool("keep_text", false);
    return new ServingReader(
        protocol, paths, input(map.find("input"), keepText), output(map.find("output")));
  }

  private static Protocol protocol(YamlMap map) {
    String word = map.text("protocol", Protocol.MLFLOW.word());
    for (Protocol protocol : Protocol.values()) {
      if (protocol.word().equals(word)) {
        return protocol;
      }
    }
    throw map.need("protocol").error("must be one of " + String.join(", ", Protocol.words()));
  }

  private static String path(YamlNode node) {
    String path = node.asText();
    if (!path.startsWith("/") || path.contains("?")) {
      throw node.error("must be a path that begins with / and has no query");
    }
    return path;
  }

  private static Task task(YamlMap map, Protocol protocol) {
    String usual = protocol == Protocol.OPENAI ? "generation" : "classification";
    return switch (map.text("task", usual)) {
      case "classification" -> Task.CLASSIFICATION;
      case "regression" -> Task.REGRESSION;
      case "generation" -> Task.GENERATION;
      default -> throw map.need("task").error("must be classification, regression or generation");
    };
  }

  private static InputMapping input(@Nullable YamlNode node, boolean keepText) {
    if (node == null) {
      return new InputMapping(null, null, keepText);
    }
    try (YamlMap map = node.asMap()) {
      return new InputMapping(selector(map, "rows"), selector(map, "id"), keepText);
    }
  }

  private static OutputMapping output(@Nullable YamlNode node) {
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
