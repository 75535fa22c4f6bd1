package dev.sightline.alerting.config;

import dev.sightline.alerting.notify.webhook.WebhookConfig;
import dev.sightline.wire.outgoing.Authorization;
import dev.sightline.wire.outgoing.Authorization.Source;
import dev.sightline.wire.outgoing.OutgoingReader;
import dev.sightline.wire.outgoing.TlsSettings;
import dev.sightline.wire.yaml.Unused;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads one of `webhook_configs`, and the `http_config` that it may have from `global`.
final class WebhookReader {
  private static final String[] HTTP_NOT_USED = {
    "oauth2",
    "enable_http2",
    "proxy_url",
    "no_proxy",
    "proxy_from_environment",
    "proxy_connect_header",
    "http_headers"
  };

  private final Http global;
  private final Unused unused;

  /// How a receiver is called over HTTP.
  record Http(@Nullable Authorization authorization, TlsSettings tls) {
    static final Http DEFAULT = new Http(null, TlsSettings.DEFAULT);
  }

  WebhookReader(Http global, Unused unused) {
    this.global = global;
    this.unused = unused;
  }

  WebhookConfig read(YamlNode node) {
    try (YamlMap map = node.asMap()) {
      unused.note(map, "payload");
      YamlNode given = map.find("http_config");
      Http http = given == null || given.isNull() ? global : http(given.asMap(), unused);
      long maxAlerts = map.number("max_alerts", 0);
      if (maxAlerts < 0 || maxAlerts > Integer.MAX_VALUE) {
        throw map.need("max_alerts").error("must be from 0, which means all");
      }
      Duration timeout = map.duration("timeout", Duration.ZERO);
      return new WebhookConfig(
          url(map),
          http.authorization(),
          http.tls(),
          map.bool("send_resolved", true),
          (int) maxAlerts,
          timeout.isZero() ? WebhookConfig.DEFAULT_TIMEOUT : timeout);
    }
  }

  private static Source url(YamlMap map) {
    Source url = OutgoingReader.source(map, "url");
    if (url == null) {
      throw map.node().error("needs one of url and url_file");
    }
    if (url instanceof Source.Given(var secret) && !isUrl(secret.reveal())) {
      throw map.need("url").error("is no URL of http or https with a host");
    }
    return url;
  }

  private static boolean isUrl(String text) {
    try {
      URI url = URI.create(text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      return http && url.getHost() != null && url.getUserInfo() == null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// Reads an `http_config`, and closes it.
  static Http http(YamlMap given, Unused unused) {
    try (YamlMap map = given) {
      unused.note(map, HTTP_NOT_USED);
      if (map.bool("follow_redirects", false)) {
        unused.note(map, "follow_redirects");
      }
      return new Http(OutgoingReader.authorization(map), tls(map.map("tls_config"), unused));
    }
  }

  /// Reads a `tls_config`, and closes it. The other side must bear the name by which it is called.
  static TlsSettings tls(YamlMap given, Unused unused) {
    unused.note(given, "server_name");
    TlsSettings tls = OutgoingReader.tls(given, unused);
    return new TlsSettings(
        tls.authorities(), null, tls.anyCertificate(), tls.certificate(), tls.key());
  }
}
