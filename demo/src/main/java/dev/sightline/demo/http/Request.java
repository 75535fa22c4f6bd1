package dev.sightline.demo.http;

import com.sun.net.httpserver.Headers;
import org.jspecify.annotations.Nullable;

/// What a client asked of a [LoopbackServer].
///
/// @param path decoded, without the query
/// @param body whole; the array belongs to the handler
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
public record Request(String method, String path, Headers headers, byte[] body) {
  /// @return the first value of that name, or null
  public @Nullable String header(String name) {
    return headers.getFirst(name);
  }
}
