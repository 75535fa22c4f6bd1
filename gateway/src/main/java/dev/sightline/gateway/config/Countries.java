package dev.sightline.gateway.config;

import java.net.InetSocketAddress;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds out which country a call comes from. Quick, and safe for any number of threads.
@FunctionalInterface
public interface Countries {
  /// What is said of a call whose country is not known.
  String UNKNOWN = "unknown";

  /// @param headers of the request, by name; null for one that it has not
  /// @param address of the client's side of the connection; null where it has none
  /// @return the two capital letters of the country, or [#UNKNOWN]
  String of(Function<String, @Nullable String> headers, @Nullable InetSocketAddress address);
}
