package dev.sightline.demo.page;

import dev.sightline.demo.http.Request;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells the page's own requests from those that another site made a browser send.
///
/// The host must be a name of this machine, which a name that another site points here is not; and
/// what changes something must be JSON from a script of the page.
final class SameOrigin {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private SameOrigin() {}

  static boolean holds(Request request) {
    String host = request.header("Host");
    if (host == null || !isLoopback("http://" + host)) {
      return false;
    }
    if (request.method().equals("GET")) {
      return true;
    }
    String type = request.header("Content-Type");
    String origin = request.header("Origin");
    return type != null
        && type.startsWith("application/json")
        && (origin == null || origin.equals("http://" + host));
  }

  private static boolean isLoopback(String address) {
    try {
      @Nullable String host = URI.create(address).getHost();
      return host != null && LOOPBACK.contains(host);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
