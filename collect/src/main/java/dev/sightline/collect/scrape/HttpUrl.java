package dev.sightline.collect.scrape;

import java.net.URI;

/// Where a request goes. Host names may hold underscores, as those of containers often do.
///
/// @param host without the brackets of an IPv6 address
/// @param port the scheme's own where the URL names none
/// @param authority host and port as they were written
/// @param path with the query
record HttpUrl(String scheme, String host, int port, String authority, String path) {
  /// @throws ScrapeException if it is no URL of http or https
  static HttpUrl of(String url) {
    try {
      return of(URI.create(url));
    } catch (IllegalArgumentException bad) {
      throw new ScrapeException("\"" + url + "\" is not a URL: " + bad.getMessage());
    }
  }

  private static HttpUrl of(URI uri) {
    String scheme = uri.getScheme();
    String authority = uri.getRawAuthority();
    if (authority == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new ScrapeException("\"" + uri + "\" is not a URL of http or https");
    }
    if (authority.indexOf('@') >= 0) {
      throw new ScrapeException("a URL with a user name before the host");
    }
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    String host = hasPort ? authority.substring(0, colon) : authority;
    int port = scheme.equals("https") ? 443 : 80;
    if (hasPort && colon + 1 < authority.length()) {
      port = port(authority.substring(colon + 1));
    }
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new HttpUrl(scheme, bare(host), port, authority, path + query);
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException _) {
      // Told below, like a number that is none of a port.
    }
    throw new ScrapeException("\"" + text + "\" is not a port");
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /// Where a `Location` in the answer from here leads.
  HttpUrl resolve(String location) {
    try {
      return of(URI.create(this.toString()).resolve(location));
    } catch (IllegalArgumentException bad) {
      throw new ScrapeException("redirected to \"" + location + "\", which is not a URL");
    }
  }

  boolean isSecure() {
    return scheme.equals("https");
  }

  /// Scheme, host and port: what credentials belong to.
  String origin() {
    return scheme + "://" + authority;
  }

  @Override
  public String toString() {
    return origin() + path;
  }
}
