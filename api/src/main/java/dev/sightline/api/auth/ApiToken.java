package dev.sightline.api.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/// A secret that programs send as `Authorization: Bearer …`, known here by its SHA-256 only.
///
/// @param name shown in logs
/// @param sha256 of the secret, 64 hexadecimal digits
public record ApiToken(String name, String sha256, Set<Permission> scopes) {
  /// @throws IllegalArgumentException with a message for the user, if the hash is none or there are
  ///   no scopes
  public ApiToken {
    sha256 = sha256.toLowerCase(Locale.ROOT);
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "token \"" + name + "\": sha256 must be 64 hexadecimal digits");
    }
    scopes = Set.copyOf(scopes);
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException(
          "token \"" + name + "\": scopes must name at least one of write, query, admin");
    }
  }

  public static ApiToken ofSecret(String name, String secret, Set<Permission> scopes) {
    if (secret.isBlank()) {
      throw new IllegalArgumentException("token \"" + name + "\": the secret is empty");
    }
    return new ApiToken(name, sha256(secret), scopes);
  }

  static String sha256(String secret) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("BUG: every Java has SHA-256", missing);
    }
  }
}
