package dev.sightline.server.config;

import dev.sightline.collect.mlflow.MlflowJob;
import dev.sightline.wire.outgoing.Authorization;
import dev.sightline.wire.outgoing.OutgoingReader;
import dev.sightline.wire.outgoing.TlsSettings;
import dev.sightline.wire.yaml.Unused;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads `mlflow`: whose registry is asked for versions of models.
final class MlflowReader {
  private MlflowReader() {}

  static @Nullable MlflowJob read(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    try (YamlMap map = node.asMap()) {
      URI uri = uri(map.need("tracking_uri"));
      Duration interval = map.duration("interval", MlflowJob.USUAL_INTERVAL);
      Set<String> models =
          map.list("models").stream().map(YamlNode::asText).collect(Collectors.toSet());
      Authorization authorization = OutgoingReader.authorization(map);
      TlsSettings tls = OutgoingReader.tls(map.map("tls_config"), new Unused());
      return Checked.at(node, () -> new MlflowJob(uri, interval, models, authorization, tls));
    }
  }

  private static URI uri(YamlNode node) {
    return Checked.at(node, () -> URI.create(node.asText().strip()));
  }
}
