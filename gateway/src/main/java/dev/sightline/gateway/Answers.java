package dev.sightline.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// What the gateway says itself: failures, as JSON.
final class Answers {
  private Answers() {}

  /// @param message without quotes or control characters
  static void error(
      Request request, Response response, Callback callback, int status, String message) {
    String type =
        switch (status / 100) {
          case 4 -> "bad_request";
          default -> status == 504 ? "timeout" : "unavailable";
        };
    String json =
        "{\"status\":\"error\",\"errorType\":\"%s\",\"error\":\"%s\"}\n".formatted(type, message);
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)), callback);
  }

  /// For what the server refuses before a handler sees it, such as a malformed request.
  static boolean error(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    Object detail = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
    String message = detail == null ? HttpStatus.getMessage(status) : plain(detail.toString());
    error(request, response, callback, status, message);
    return true;
  }

  private static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    text.chars()
        .limit(200)
        .filter(c -> c >= ' ' && c < 127 && c != '"' && c != '\\')
        .forEach(c -> plain.append((char) c));
    return plain.toString();
  }
}
