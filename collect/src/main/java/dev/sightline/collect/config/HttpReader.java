package dev.sightline.collect.config;

import dev.sightline.collect.scrape.ScrapeJob.Http;
import dev.sightline.wire.outgoing.OutgoingReader;
import dev.sightline.wire.yaml.Secret;
import dev.sightline.wire.yaml.Unused;
import dev.sightline.wire.yaml.YamlMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads how targets are asked over HTTP: the keys that Prometheus calls `http_config`.
final class HttpReader {
  private static final String[] NOT_USED = {
    "oauth2",
    "enable_http2",
    "proxy_url",
    "no_proxy",
    "proxy_from_environment",
    "proxy_connect_header"
  };

  private HttpReader() {}

  static Http read(YamlMap map, Unused unused) {
    unused.note(map, NOT_USED);
    return new Http(
        OutgoingReader.authorization(map),
        OutgoingReader.tls(map.map("tls_config"), unused),
        map.bool("follow_redirects", true),
        map.bool("enable_compression", true),
        headers(map));
  }

  private static Map<String, Secret> headers(YamlMap map) {
    Map<String, Secret> headers = new LinkedHashMap<>();
    YamlMap given = map.map("http_headers");
    for (String name : given.keys()) {
      try (YamlMap header = given.need(name).asMap()) {
        List<String> values = new ArrayList<>();
        for (String key : List.of("values", "secrets")) {
          header.list(key).forEach(value -> values.add(value.asText()));
        }
        header.accept("files");
        headers.put(name, new Secret(String.join(", ", values)));
      }
    }
    return headers;
  }
}
