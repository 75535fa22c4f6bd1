package dev.sightline.server.config;

/// A host and a port to listen on.
///
/// @param host a name or an address; an IPv6 address without its brackets
/// @param port 0 to 65535; 0 asks the system for a free one
public record Address(String host, int port) {
  /// @param text `HOST:PORT`, `[IPv6]:PORT` or `:PORT`, which means every address of the machine
  /// @throws IllegalArgumentException with a message in the user's words
  public static Address parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw bad(text);
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw bad(text);
    }
    return new Address(host.isEmpty() ? "0.0.0.0" : host, port(text, text.substring(colon + 1)));
  }

  /// At which clients on this machine reach what listens on this address.
  public Address reachable() {
    boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
    return everywhere ? new Address("127.0.0.1", port) : this;
  }

  /// As it stands in a URL.
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  private static int port(String text, String digits) {
    try {
      int port = Integer.parseInt(digits);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException _) {
      // Said below, with the whole text.
    }
    throw bad(text);
  }

  private static IllegalArgumentException bad(String text) {
    return new IllegalArgumentException(
        "must be HOST:PORT such as 127.0.0.1:7444, not \"" + text + "\"");
  }
}
