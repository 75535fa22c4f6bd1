package dev.sightline.demo.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What a [LoopbackServer] answers.
///
/// @param headers further ones, by name
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record Reply(int status, String contentType, Map<String, String> headers, byte[] body) {
  public static final String JSON = "application/json";
  public static final String TEXT = "text/plain; charset=utf-8";

  public Reply {
    headers = Map.copyOf(headers);
  }

  public static Reply of(int status, String contentType, byte[] body) {
    return new Reply(status, contentType, Map.of(), body);
  }

  public static Reply of(int status, String contentType, String body) {
    return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }
}
