package dev.sightline.demo.client;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// A model as those who use it see it: it is called through the gateway, and what turned out to be
/// true is sent to the server.
///
/// @param gateway scheme, host and port
/// @param path of calls at the gateway, such as `/predict`
/// @param server scheme, host and port
/// @param name of the model at the server
/// @param token for the server; null where it asks for none
public record WatchedModel(
    URI gateway, String path, URI server, String name, @Nullable String token) {
  public WatchedModel {
    check("gateway", gateway);
    check("server", server);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("the path of calls must start with '/', not " + path);
    }
    if (name.isEmpty() || !name.chars().allMatch(WatchedModel::isPlain)) {
      throw new IllegalArgumentException(
          "the name of a model is made of letters, digits, '.', '_' and '-', not '" + name + "'");
    }
  }

  /// @param hostAndPort such as `127.0.0.1:8000`, or a URI with a scheme
  public static URI address(String hostAndPort) {
    return URI.create(hostAndPort.contains("://") ? hostAndPort : "http://" + hostAndPort);
  }

  URI callUri() {
    return gateway.resolve(path);
  }

  URI truthUri() {
    return server.resolve("/api/models/v1/" + name + "/ground-truth");
  }

  private static void check(String what, URI uri) {
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!web || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "the address of the " + what + " must be HOST:PORT or http://HOST:PORT, not " + uri);
    }
  }

  private static boolean isPlain(int c) {
    return (c < 128 && Character.isLetterOrDigit(c)) || c == '.' || c == '_' || c == '-';
  }
}
