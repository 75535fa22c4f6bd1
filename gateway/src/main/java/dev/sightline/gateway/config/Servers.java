package dev.sightline.gateway.config;

import java.net.URI;
import java.util.List;

/// The servers of one version of a model.
///
/// @param upstreams at least one
/// @param balance how a call's server is chosen
public record Servers(List<Upstream> upstreams, Balance balance, HealthCheck health) {
  /// How a call's server is chosen among those that are up.
  public enum Balance {
    /// The one with the fewest calls in flight for its weight.
    LEAST_CONNECTIONS,
    /// Each in turn, as often as its weight says.
    ROUND_ROBIN
  }

  public Servers {
    upstreams = List.copyOf(upstreams);
    if (upstreams.isEmpty()) {
      throw new IllegalArgumentException("a model needs an upstream");
    }
    List<URI> uris = upstreams.stream().map(Upstream::uri).toList();
    if (uris.stream().distinct().count() < uris.size()) {
      throw new IllegalArgumentException("two upstreams of a model are the same: " + uris);
    }
  }

  /// One server, to which every call goes.
  static Servers one(URI uri, HealthCheck health) {
    return new Servers(List.of(new Upstream(uri, 1)), Balance.LEAST_CONNECTIONS, health);
  }
}
