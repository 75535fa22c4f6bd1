package dev.sightline.wire.serving;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A body of a scoring call, without its content coding, and the headers that say how to read it.
public final class Payload {
  private final byte[] body;
  private final String mediaType;
  private final int jsonLength;
  private final boolean cut;

  /// @param body kept, not copied
  /// @param contentType as in the header; null where there was none
  /// @param jsonLength of the JSON in front of binary tensors (`Inference-Header-Content-Length`);
  ///   negative where the whole body is JSON
  /// @param cut whether a stream of events has lost some between its beginning and its end
  public Payload(byte[] body, @Nullable String contentType, int jsonLength, boolean cut) {
    this.body = body;
    this.mediaType = mediaType(contentType);
    this.jsonLength = jsonLength;
    this.cut = cut;
  }

  /// A whole body without anything binary.
  static Payload of(byte[] body, @Nullable String contentType) {
    return new Payload(body, contentType, -1, false);
  }

  private static String mediaType(@Nullable String contentType) {
    if (contentType == null) {
      return "";
    }
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  byte[] body() {
    return body;
  }

  /// Of the body, without its content coding.
  public int length() {
    return body.length;
  }

  /// In lower case, without parameters; empty where none was said.
  String mediaType() {
    return mediaType;
  }

  /// Whether it is JSON by its type, or has none.
  boolean mayBeJson() {
    return mediaType.isEmpty() || mediaType.endsWith("json");
  }

  /// The part of the body that is JSON.
  byte[] json() {
    return jsonLength < 0 || jsonLength >= body.length ? body : Arrays.copyOf(body, jsonLength);
  }

  boolean isCut() {
    return cut;
  }

  int jsonLength() {
    return jsonLength;
  }
}
