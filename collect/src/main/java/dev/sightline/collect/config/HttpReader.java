package dev.sightline.collect.config;

import dev.sightline.collect.scrape.Authorization;
import dev.sightline.collect.scrape.Authorization.Basic;
import dev.sightline.collect.scrape.Authorization.Source;
import dev.sightline.collect.scrape.Authorization.Source.Given;
import dev.sightline.collect.scrape.Authorization.Source.InFile;
import dev.sightline.collect.scrape.Authorization.Token;
import dev.sightline.collect.scrape.ScrapeJob.Http;
import dev.sightline.collect.scrape.ScrapeJob.Tls;
import dev.sightline.wire.yaml.Secret;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        authorization(map),
        tls(map, unused),
        map.bool("follow_redirects", true),
        map.bool("enable_compression", true),
        headers(map));
  }

  private static @Nullable Authorization authorization(YamlMap map) {
    List<String> given = new ArrayList<>();
    for (String key :
        List.of("basic_auth", "authorization", "oauth2", "bearer_token", "bearer_token_file")) {
      if (map.has(key)) {
        given.add(key);
      }
    }
    if (given.size() > 1) {
      throw map.need(given.get(1)).error("must not stand beside " + given.getFirst());
    }
    if (map.has("basic_auth")) {
      return basic(map.map("basic_auth"));
    }
    if (map.has("authorization")) {
      return token(map.map("authorization"));
    }
    Source bearer = source(map, "bearer_token");
    return bearer == null ? null : new Token("Bearer", bearer);
  }

  private static Authorization basic(YamlMap given) {
    try (YamlMap map = given) {
      Source none = new Given(new Secret(""));
      Source user = source(map, "username");
      Source password = source(map, "password");
      return new Basic(user == null ? none : user, password == null ? none : password);
    }
  }

  private static @Nullable Authorization token(YamlMap given) {
    try (YamlMap map = given) {
      String type = map.text("type", "Bearer").strip();
      if (type.equalsIgnoreCase("basic")) {
        throw map.need("type").error("cannot be basic, use basic_auth");
      }
      Source credentials = source(map, "credentials");
      return credentials == null ? null : new Token(type, credentials);
    }
  }

  /// A file need not be there yet.
  private static @Nullable Source source(YamlMap map, String key) {
    String fileKey = key + "_file";
    if (!map.has(fileKey)) {
      Secret secret = map.secret(key);
      return secret == null ? null : new Given(secret);
    }
    if (map.has(key)) {
      throw map.need(fileKey).error("must not stand beside " + key);
    }
    return new InFile(map.need(fileKey).asPath());
  }

  private static Tls tls(YamlMap map, Unused unused) {
    try (YamlMap tls = map.map("tls_config")) {
      unused.note(
          tls, "min_version", "max_version", "ca", "cert", "key", "ca_ref", "cert_ref", "key_ref");
      Path certificate = path(tls, "cert_file");
      Path key = path(tls, "key_file");
      if ((certificate == null) != (key == null)) {
        throw tls.node().error("needs cert_file and key_file together");
      }
      YamlNode name = tls.find("server_name");
      return new Tls(
          path(tls, "ca_file"),
          name == null || name.asText().isEmpty() ? null : name.asText(),
          tls.bool("insecure_skip_verify", false),
          certificate,
          key);
    }
  }

  private static @Nullable Path path(YamlMap map, String key) {
    YamlNode given = map.find(key);
    return given == null || given.asText().isEmpty() ? null : given.asPath();
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
