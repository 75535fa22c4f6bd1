package dev.sightline.api.http;

import dev.sightline.api.json.JsonBody;
import dev.sightline.api.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The answer to a call. Its body is written while it is sent, so it may be as long as it likes.
///
/// @param contentType empty where there is no body
/// @param headers beside the content type and those that every answer has
public record Reply(int status, String contentType, Map<String, String> headers, Body body) {
  /// Writes a body. What has left the buffer cannot be taken back: a failure then breaks the
  /// connection off.
  @FunctionalInterface
  public interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  public Reply {
    headers = Map.copyOf(headers);
  }

  public static Reply json(JsonBody body) {
    return json(200, body);
  }

  public static Reply json(int status, JsonBody body) {
    return of(
        status,
        "application/json; charset=utf-8",
        out -> {
          JsonWriter json = new JsonWriter(out);
          body.writeTo(json);
          json.flush();
        });
  }

  public static Reply text(int status, String text) {
    return of(
        status,
        "text/plain; charset=utf-8",
        out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  public static Reply of(int status, String contentType, Body body) {
    return new Reply(status, contentType, Map.of(), body);
  }

  public static Reply empty(int status) {
    return of(status, "", _ -> {});
  }

  /// Goes on over a WebSocket. Only for calls that ask for one.
  public static Reply conversation(Conversation conversation) {
    return of(101, "", new Opening(conversation));
  }

  /// Stands where a body would.
  record Opening(Conversation conversation) implements Body {
    @Override
    public void writeTo(OutputStream out) {
      throw new IllegalStateException("BUG: a conversation is no body");
    }
  }

  static Reply error(ApiError error) {
    Reply reply = json(error.status(), error::writeTo);
    return error.status() == 503 || error.status() == 429 ? reply.with("Retry-After", "1") : reply;
  }

  public Reply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, contentType, more, body);
  }
}
