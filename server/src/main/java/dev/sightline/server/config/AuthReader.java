package dev.sightline.server.config;

import dev.sightline.api.auth.ApiToken;
import dev.sightline.api.auth.AuthConfig;
import dev.sightline.api.auth.Permission;
import dev.sightline.api.auth.User;
import dev.sightline.wire.yaml.Secret;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads `server.auth`: tokens for programs and users for people.
final class AuthReader {
  private AuthReader() {}

  static AuthConfig read(YamlMap server) {
    YamlNode section = server.find("auth");
    if (section == null) {
      return AuthConfig.OFF;
    }
    List<ApiToken> tokens = new ArrayList<>();
    List<User> users = new ArrayList<>();
    try (YamlMap auth = section.asMap()) {
      for (YamlNode token : auth.list("tokens")) {
        tokens.add(token(token));
      }
      for (YamlNode user : auth.list("users")) {
        users.add(user(user));
      }
    }
    if (tokens.isEmpty() && users.isEmpty()) {
      throw section.error("names neither tokens nor users, so nobody could be told from anybody");
    }
    return Checked.at(section, () -> new AuthConfig(tokens, users));
  }

  private static ApiToken token(YamlNode node) {
    try (YamlMap map = node.asMap()) {
      String name = map.text("name", "");
      Secret secret = map.secret("token");
      String hash = map.text("sha256", "");
      Set<Permission> scopes = scopes(map);
      if ((secret == null) == hash.isEmpty()) {
        throw node.error("needs one of token, token_file and sha256");
      }
      return Checked.at(
          node,
          () ->
              secret != null
                  ? ApiToken.ofSecret(name, secret.reveal(), scopes)
                  : new ApiToken(name, hash, scopes));
    }
  }

  private static User user(YamlNode node) {
    try (YamlMap map = node.asMap()) {
      String name = map.need("name").asText();
      Secret hash = map.secret("password_bcrypt");
      if (hash == null) {
        throw node.error("needs password_bcrypt or password_bcrypt_file");
      }
      Set<Permission> scopes = scopes(map);
      return Checked.at(node, () -> new User(name, hash.reveal(), scopes));
    }
  }

  private static Set<Permission> scopes(YamlMap map) {
    Set<Permission> scopes = EnumSet.noneOf(Permission.class);
    for (YamlNode scope : map.list("scopes")) {
      scopes.add(
          switch (scope.asText().toLowerCase(Locale.ROOT)) {
            case "query" -> Permission.QUERY;
            case "write" -> Permission.WRITE;
            case "admin" -> Permission.ADMIN;
            default -> throw scope.error("must be write, query or admin");
          });
    }
    return scopes;
  }
}
