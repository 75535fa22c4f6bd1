package dev.sightline.gateway.config;

import java.net.URI;
import java.util.Locale;

/// A server of a model.
///
/// @param uri `http://host:port`, or with a path that all calls are put below
/// @param weight its share of the calls, beside those of the model's other servers
public record Upstream(URI uri, int weight) {
  private static final int MAX_WEIGHT = 100;

  public Upstream {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
      throw new IllegalArgumentException("an upstream must be http://host:port, not " + uri);
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("an upstream must have no query, but is " + uri);
    }
    if (weight < 1 || weight > MAX_WEIGHT) {
      throw new IllegalArgumentException(
          "the weight of an upstream must be from 1 to " + MAX_WEIGHT + ", not " + weight);
    }
  }

  /// What stands before every path: empty, or a path without a slash at its end.
  public String prefix() {
    String path = uri.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
