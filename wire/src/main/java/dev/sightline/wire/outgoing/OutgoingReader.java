package dev.sightline.wire.outgoing;

import dev.sightline.wire.outgoing.Authorization.Basic;
import dev.sightline.wire.outgoing.Authorization.Source;
import dev.sightline.wire.outgoing.Authorization.Source.Given;
import dev.sightline.wire.outgoing.Authorization.Source.InFile;
import dev.sightline.wire.outgoing.Authorization.Token;
import dev.sightline.wire.yaml.Secret;
import dev.sightline.wire.yaml.Unused;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads how a call shows who makes it and whom it trusts: the keys of `http_config` and
/// `tls_config` that the files of Prometheus and Alertmanager share.
public final class OutgoingReader {
  private OutgoingReader() {}

  /// The one of `basic_auth`, `authorization` and `bearer_token` that is there; `oauth2` is refused
  /// beside another.
  ///
  /// @return null where there is none
  public static @Nullable Authorization authorization(YamlMap map) {
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

  /// A secret at `key` or in the file that `key_file` names, which need not be there yet.
  ///
  /// @return null where there is neither
  public static @Nullable Source source(YamlMap map, String key) {
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

  /// @param given of `tls_config`, which is closed
  public static TlsSettings tls(YamlMap given, Unused unused) {
    try (YamlMap tls = given) {
      unused.note(
          tls, "min_version", "max_version", "ca", "cert", "key", "ca_ref", "cert_ref", "key_ref");
      Path certificate = path(tls, "cert_file");
      Path key = path(tls, "key_file");
      if ((certificate == null) != (key == null)) {
        throw tls.node().error("needs cert_file and key_file together");
      }
      YamlNode name = tls.find("server_name");
      return new TlsSettings(
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
}
