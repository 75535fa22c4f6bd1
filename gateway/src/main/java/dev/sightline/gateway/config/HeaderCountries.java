package dev.sightline.gateway.config;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Takes the country from a header that a proxy or content network in front of the gateway sets,
/// such as `CF-IPCountry`.
///
/// @param header set by whoever is in front; where nobody is, clients can say what they like
public record HeaderCountries(String header) implements Countries {
  @Override
  public String of(
      Function<String, @Nullable String> headers, @Nullable InetSocketAddress address) {
    return code(headers.apply(header));
  }

  /// `XX` and `T1` stand for the unknown and for Tor in such headers: the one is, the other has no
  /// two letters.
  static String code(@Nullable String value) {
    if (value == null || value.length() != 2 || !isLetter(value, 0) || !isLetter(value, 1)) {
      return UNKNOWN;
    }
    String code = value.toUpperCase(Locale.ROOT);
    return code.equals("XX") ? UNKNOWN : code;
  }

  private static boolean isLetter(String text, int at) {
    char c = text.charAt(at);
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
}
