package dev.sightline.server.config;

import dev.sightline.gateway.config.Rivals;
import dev.sightline.gateway.config.Rivals.Challenger;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.gateway.config.UpstreamModel.Task;
import dev.sightline.wire.serving.OutputMapping;
import dev.sightline.wire.serving.ServingReader;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads which other versions stand beside the one in charge: `challengers`, `sticky_header`,
/// `shadow`. They speak its protocol; what is not said of their answers is as for it.
final class RivalsReader {
  private final String name;
  private final Task task;
  private final ServingReader reader;

  private RivalsReader(String name, Task task, ServingReader reader) {
    this.name = name;
    this.task = task;
    this.reader = reader;
  }

  static Rivals read(YamlMap map, String name, Task task, ServingReader reader) {
    RivalsReader rivals = new RivalsReader(name, task, reader);
    List<Challenger> challengers =
        map.list("challengers").stream().map(rivals::challenger).toList();
    YamlNode sticky = map.find("sticky_header");
    UpstreamModel shadow = rivals.shadow(map.find("shadow"));
    return Checked.at(
        map.node(), () -> new Rivals(challengers, sticky == null ? null : sticky.asText(), shadow));
  }

  private Challenger challenger(YamlNode node) {
    try (YamlMap map = node.asMap()) {
      UpstreamModel model = version(map, name);
      double share = map.need("share").asDouble();
      return Checked.at(node, () -> new Challenger(model, share));
    }
  }

  private @Nullable UpstreamModel shadow(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    try (YamlMap map = node.asMap()) {
      return version(map, map.text("name", usualShadow(name)));
    }
  }

  private static String usualShadow(String model) {
    return model + "-shadow";
  }

  /// What the shadow of a model is called, if it has one.
  static String shadowName(YamlMap model, String name) {
    YamlNode shadow = model.find("shadow");
    return shadow == null ? usualShadow(name) : shadow.asMap().text("name", usualShadow(name));
  }

  private UpstreamModel version(YamlMap map, String ofName) {
    YamlNode output = map.find("output");
    OutputMapping mapping = output == null ? reader.output() : OutputMappingReader.read(output);
    ServingReader own =
        new ServingReader(reader.protocol(), reader.paths(), reader.input(), mapping);
    String version = map.text("version", "");
    var servers = ServersReader.read(map, reader.protocol());
    return Checked.at(
        map.node(), () -> new UpstreamModel(ofName, version, servers, task, own, Rivals.NONE));
  }
}
