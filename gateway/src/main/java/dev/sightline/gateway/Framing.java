package dev.sightline.gateway;

import dev.sightline.gateway.route.Refusal;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Finds requests that the parser takes, and whose end a model server might see elsewhere.
final class Framing {
  /*
   * Servers behind CGI's naming rules (WSGI among them) turn `-` and `_` into the same letter, so
   * to them `Content_Length` is a second Content-Length. Other headers with an underscore are the
   * client's business and pass.
   */
  private static final Set<String> LOOKALIKES = Set.of("content_length", "transfer_encoding");

  private Framing() {}

  /// @return null where nothing is wrong
  static @Nullable Refusal refusal(Request request) {
    HttpFields headers = request.getHeaders();
    String coding = headers.get(HttpHeader.TRANSFER_ENCODING);
    if (coding != null
        && (!coding.equalsIgnoreCase("chunked")
            || request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_1)) {
      return Refusal.CODING;
    }
    for (HttpField field : headers) {
      if (field.getName().indexOf('_') >= 0 && LOOKALIKES.contains(field.getLowerCaseName())) {
        return Refusal.LOOKALIKE;
      }
    }
    return null;
  }
}
