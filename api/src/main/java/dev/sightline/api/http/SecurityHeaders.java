package dev.sightline.api.http;

import java.util.Map;
import java.util.regex.Pattern;

/// The headers that keep browsers from doing with our answers what they are not meant for.
final class SecurityHeaders {
  static final Map<String, String> EVERYWHERE =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin");

  static final Map<String, String> API =
      Map.of(
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox",
          "Cache-Control", "no-store");

  static final String STRICT_TRANSPORT = "max-age=31536000";

  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{16,}");

  private SecurityHeaders() {}

  /// @param nonce of this one answer, for the style elements that the page's libraries make
  static Map<String, String> page(String nonce) {
    if (!NONCE.matcher(nonce).matches()) {
      throw new IllegalArgumentException("BUG: a nonce that could end the policy");
    }
    return Map.of(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-"
            + nonce
            + "'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self';"
            + " base-uri 'self'; frame-ancestors 'none'",
        "Cross-Origin-Opener-Policy",
        "same-origin",
        "Permissions-Policy",
        "camera=(), microphone=(), geolocation=()",
        "Cache-Control",
        "no-store");
  }
}
