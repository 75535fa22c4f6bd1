package dev.sightline.gateway.capture;

import dev.sightline.wire.serving.Payload;
import dev.sightline.wire.serving.PayloadException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// Puts a copied body together with the headers that say how to read it.
public final class Payloads {
  static final String JSON_LENGTH = "Inference-Header-Content-Length";

  private static final int MAX_DIGITS = 9;

  private Payloads() {}

  /// @param cut whether a stream of events has lost some between its beginning and its end
  /// @throws PayloadException if the content coding cannot be undone
  public static Payload of(HttpFields headers, byte[] body, boolean cut) {
    return new Payload(
        Bodies.decode(body, headers.get(HttpHeader.CONTENT_ENCODING)),
        headers.get(HttpHeader.CONTENT_TYPE),
        jsonLength(headers.get(JSON_LENGTH)),
        cut);
  }

  /// Only the headers that say how to read a body.
  static HttpFields describing(HttpFields headers) {
    HttpFields.Mutable few = HttpFields.build();
    put(few, HttpHeader.CONTENT_TYPE.asString(), headers.get(HttpHeader.CONTENT_TYPE));
    put(few, HttpHeader.CONTENT_ENCODING.asString(), headers.get(HttpHeader.CONTENT_ENCODING));
    put(few, JSON_LENGTH, headers.get(JSON_LENGTH));
    return few.asImmutable();
  }

  private static void put(HttpFields.Mutable fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  /// Of a body that has binary tensors behind its JSON; negative for any other.
  private static int jsonLength(@Nullable String length) {
    boolean isNumber =
        length != null
            && !length.isEmpty()
            && length.length() <= MAX_DIGITS
            && length.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? Integer.parseInt(length) : -1;
  }
}
