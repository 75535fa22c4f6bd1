package dev.sightline.server.config;

import dev.sightline.api.cloudevents.ServedModel;
import dev.sightline.gateway.config.Rivals;
import dev.sightline.gateway.config.Servers;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.gateway.config.UpstreamModel.Task;
import dev.sightline.wire.serving.InputMapping;
import dev.sightline.wire.serving.Protocol;
import dev.sightline.wire.serving.Selector;
import dev.sightline.wire.serving.ServingReader;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one of `models`.
final class ModelReader {
  private ModelReader() {}

  static UpstreamModel read(YamlNode node) {
    try (YamlMap map = node.asMap()) {
      String name = map.need("name").asText();
      String version = map.text("version", "");
      ServingReader reader = reader(map);
      Task task = task(map, reader.protocol());
      Servers servers = ServersReader.read(map, reader.protocol());
      Rivals rivals = RivalsReader.read(map, name, task, reader);
      acceptOthers(map);
      return Checked.at(
          node, () -> new UpstreamModel(name, version, servers, task, reader, rivals));
    }
  }

  /// Whether calls to it go through the gateway.
  static boolean isBehindGateway(YamlNode node) {
    YamlMap map = node.asMap();
    return map.has("upstream") || map.has("upstreams");
  }

  /// How calls of a model are read, wherever they are heard of.
  static ServedModel served(YamlNode node) {
    YamlMap map = node.asMap();
    return new ServedModel(map.text("version", ""), reader(map));
  }

  /// Checks one that is not behind the gateway: its predictions come in other ways.
  static void check(YamlNode node) {
    try (YamlMap map = node.asMap()) {
      if (map.need("name").asText().isEmpty()) {
        throw node.error("needs a value for \"name\"");
      }
      map.accept("version");
      var _ = task(map, reader(map).protocol());
      acceptOthers(map);
    }
  }

  /// What is read for quality, and for other ways in.
  private static void acceptOthers(YamlMap map) {
    map.accept("training", "segments", "mongodb", "kafka", "fields", "subject");
  }

  private static ServingReader reader(YamlMap map) {
    Protocol protocol = protocol(map);
    List<String> paths = map.list("paths").stream().map(ModelReader::path).toList();
    boolean keepText = map.bool("keep_text", false);
    return new ServingReader(
        protocol,
        paths,
        input(map.find("input"), keepText),
        OutputMappingReader.read(map.find("output")));
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
      case "ranking" -> Task.RANKING;
      case "generation" -> Task.GENERATION;
      default ->
          throw map.need("task").error("must be classification, regression, ranking or generation");
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

  private static @Nullable Selector selector(YamlMap map, String key) {
    YamlNode value = map.find(key);
    return value == null ? null : Checked.at(value, () -> Selector.parse(value.asText()));
  }
}
