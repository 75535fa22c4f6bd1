package dev.sightline.gateway.config;

/// Where the gateway takes connections.
public sealed interface Entrance {
  /// A port that it opens.
  ///
  /// @param host a name or an address; an IPv6 address without its brackets
  /// @param port 0 to 65535; 0 asks the system for a free one
  record Port(String host, int port) implements Entrance {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /// The listening socket that the process was started with as its standard input. Who holds it
  /// open starts this process again when it ends: meanwhile connections wait, and none is refused.
  record Inherited() implements Entrance {
    @Override
    public String toString() {
      return "the socket that is its standard input";
    }
  }
}
