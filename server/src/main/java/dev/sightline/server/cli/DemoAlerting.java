package dev.sightline.server.cli;

import dev.sightline.alerting.config.AlertmanagerConfig;
import dev.sightline.alerting.config.AlertmanagerReader;
import dev.sightline.api.alerting.DemoMessage;
import dev.sightline.demo.sink.MessageSink;
import dev.sightline.demo.sink.SinkMessage;
import dev.sightline.server.config.ServerConfig;
import dev.sightline.wire.yaml.YamlFile;
import dev.sightline.wire.yaml.YamlMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Who is told of alerts in the demo: a mailbox and a web hook of its own, soon enough to be
/// watched.
final class DemoAlerting {
  private final MessageSink sink;

  DemoAlerting(MessageSink sink) {
    this.sink = sink;
  }

  /// Whoever has said who is told is not overruled.
  ServerConfig in(ServerConfig config) {
    return config.alerting().tellsNobody() ? config.withAlerting(ours()) : config;
  }

  private AlertmanagerConfig ours() {
    String yaml =
        """
          global:
            smtp_smarthost: "127.0.0.1:%d"
            smtp_from: "Sightline <sightline@demo.invalid>"
            smtp_require_tls: false
          route:
            receiver: team
            group_by: [alertname, model]
            group_wait: 5s
            group_interval: 10s
          receivers:
            - name: team
              email_configs: [ { to: "ada@demo.invalid; grace@demo.invalid", send_resolved: true } ]
              webhook_configs: [ { url: "%s" } ]
          """
            .formatted(sink.mailPort(), sink.hookUri());
    YamlFile file = new YamlFile("(alerting of the demo)", Path.of(""), _ -> null);
    try (YamlMap map = file.parse(yaml).asMap()) {
      return AlertmanagerReader.read(map).withQuietWatchdog();
    }
  }

  /// Newest first.
  List<DemoMessage> messages() {
    return sink.messages().stream().map(DemoAlerting::shown).toList();
  }

  private static DemoMessage shown(SinkMessage message) {
    return new DemoMessage(
        message.id(),
        message.timeMs(),
        message.kind().name().toLowerCase(Locale.ROOT),
        message.from(),
        message.to(),
        message.subject(),
        message.text(),
        message.html(),
        message.body());
  }
}
