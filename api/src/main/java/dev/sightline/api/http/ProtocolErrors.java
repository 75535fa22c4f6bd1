package dev.sightline.api.http;

import dev.sightline.api.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Answers requests that never become a call, such as malformed ones, in the form of every other
/// error.
final class ProtocolErrors implements Request.Handler {
  private final HttpMeters meters;

  ProtocolErrors(HttpMeters meters) {
    this.meters = meters;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    SecurityHeaders.EVERYWHERE.forEach(response.getHeaders()::put);
    if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    byte[] body = body(response.getStatus(), response.getHeaders());
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  /// What exactly was malformed stays untold: the parser's texts quote the request.
  private byte[] body(int status, HttpFields.Mutable headers) {
    meters.rejected("http", "protocol");
    SecurityHeaders.API.forEach(headers::put);
    headers.put(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonWriter json = new JsonWriter(bytes);
    new ApiError(status, status < 500 || status == 505 ? "bad_data" : "internal", message(status))
        .writeTo(json);
    json.flush();
    headers.put(HttpHeader.CONTENT_LENGTH, bytes.size());
    return bytes.toByteArray();
  }

  private static String message(int status) {
    return switch (status) {
      case 400 -> "malformed HTTP request";
      case 408 -> "the request came too slowly";
      case 414 -> "the request line is too long";
      case 431 -> "the request's headers are larger than the limit";
      default -> String.valueOf(HttpStatus.getMessage(status));
    };
  }
}
