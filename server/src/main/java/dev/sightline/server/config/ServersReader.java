package dev.sightline.server.config;

import dev.sightline.gateway.config.HealthCheck;
import dev.sightline.gateway.config.Servers;
import dev.sightline.gateway.config.Servers.Balance;
import dev.sightline.gateway.config.Upstream;
import dev.sightline.wire.serving.Protocol;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads where the servers of a model are: `upstream`, or `upstreams` with `balance` and `health`.
final class ServersReader {
  private ServersReader() {}

  static Servers read(YamlMap map, Protocol protocol) {
    YamlNode several = map.find("upstreams");
    YamlNode one = map.find("upstream");
    if (several != null && one != null) {
      throw several.error("cannot stand beside upstream: name each server once");
    }
    List<Upstream> upstreams =
        several == null
            ? List.of(upstream(map.need("upstream"), 1))
            : map.list("upstreams").stream().map(ServersReader::weighted).toList();
    Balance balance = balance(map);
    HealthCheck health = health(map.find("health"), HealthCheck.of(protocol));
    return Checked.at(
        several == null ? map.node() : several, () -> new Servers(upstreams, balance, health));
  }

  private static Upstream weighted(YamlNode node) {
    try (YamlMap map = node.asMap()) {
      YamlNode url = map.need("url");
      return upstream(url, Math.clamp(map.number("weight", 1), 0, Integer.MAX_VALUE));
    }
  }

  private static Upstream upstream(YamlNode url, int weight) {
    return Checked.at(url, () -> new Upstream(URI.create(url.asText()), weight));
  }

  private static Balance balance(YamlMap map) {
    return switch (map.text("balance", "least_connections")) {
      case "least_connections" -> Balance.LEAST_CONNECTIONS;
      case "round_robin" -> Balance.ROUND_ROBIN;
      default -> throw map.need("balance").error("must be least_connections or round_robin");
    };
  }

  private static HealthCheck health(@Nullable YamlNode node, HealthCheck usual) {
    if (node == null) {
      return usual;
    }
    try (YamlMap map = node.asMap()) {
      return Checked.at(
          node,
          () ->
              new HealthCheck(
                  map.text("path", usual.path()),
                  map.duration("interval", usual.interval()),
                  map.duration("timeout", usual.timeout()),
                  Math.clamp(map.number("failures", usual.failures()), 0, 1_000),
                  Math.clamp(map.number("successes", usual.successes()), 0, 1_000)));
    }
  }
}
