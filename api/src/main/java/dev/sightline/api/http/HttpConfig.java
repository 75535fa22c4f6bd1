package dev.sightline.api.http;

import dev.sightline.api.auth.AuthConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where to listen, and who may call: checked, so that whoever holds one may open it.
///
/// @param listenHost a name or an address
/// @param listenPort 0 to 65535; 0 asks the system for a free one
/// @param tls null for plain HTTP
/// @param open whether anyone on the network may call, where there is no authentication
public record HttpConfig(
    String listenHost,
    int listenPort,
    @Nullable Tls tls,
    AuthConfig auth,
    boolean open,
    HttpLimits limits) {
  public static final HttpConfig DEFAULT =
      new HttpConfig("127.0.0.1", 7444, null, AuthConfig.OFF, false, HttpLimits.DEFAULT);

  /// Files in PEM form.
  ///
  /// @param certificate the server's first, then those that vouch for it
  /// @param key in PKCS #8, not encrypted
  public record Tls(Path certificate, Path key) {}

  /// @throws IllegalArgumentException with a message for the user, if this would let strangers in
  public HttpConfig {
    if (listenPort < 0 || listenPort > 65_535) {
      throw new IllegalArgumentException("listen port " + listenPort + " must be from 0 to 65535");
    }
    if (auth.isOff() && !open && !isLoopback(listenHost)) {
      throw new IllegalArgumentException(
          "listening on "
              + listenHost
              + " without authentication would let anyone on the network read and change"
              + " everything: set server.auth (tokens or users), listen on 127.0.0.1, or start"
              + " with --i-know-this-is-open");
    }
  }

  /// Whether anyone on the network may do anything.
  public boolean isOpenToAll() {
    return auth.isOff() && !isLoopback();
  }

  /// Reads the files of TLS, as opening the listener will.
  ///
  /// @throws IllegalArgumentException with a message for the user, if one cannot be used
  public void checkFiles() {
    if (tls != null) {
      var _ = PemFiles.keyStore(tls);
    }
  }

  /// Whether only this machine can reach the listener.
  public boolean isLoopback() {
    return isLoopback(listenHost);
  }

  private static boolean isLoopback(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          return false;
        }
      }
      return !host.isEmpty();
    } catch (UnknownHostException unknown) {
      throw new IllegalArgumentException("listen host \"" + host + "\" cannot be found", unknown);
    }
  }
}
