package dev.sightline.gateway.capture;

import dev.sightline.wire.serving.PayloadException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// Undoes the content coding of copied bodies, within a limit.
public final class Bodies {
  /// No copied body becomes larger than this.
  static final int MAX_BYTES = 4 << 20;

  private Bodies() {}

  /// @param coding as in `Content-Encoding`; null for none
  /// @throws PayloadException if the coding is not known, damaged, or hides more than [#MAX_BYTES]
  static byte[] decode(byte[] body, @Nullable String coding) {
    String name = coding == null ? "identity" : coding.strip().toLowerCase(Locale.ROOT);
    if (name.isEmpty() || name.equals("identity")) {
      return body;
    }
    try (InputStream decoded = open(name, body)) {
      byte[] bytes = decoded.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new PayloadException("the compressed body holds more than " + MAX_BYTES + " bytes");
      }
      return bytes;
    } catch (IOException damaged) {
      throw new PayloadException("the body is not in the content coding it claims");
    }
  }

  private static InputStream open(String coding, byte[] body) throws IOException {
    InputStream bytes = new ByteArrayInputStream(body);
    return switch (coding) {
      case "gzip", "x-gzip" -> new GZIPInputStream(bytes);
      case "deflate" -> new InflaterInputStream(bytes);
      default -> throw new PayloadException("the content coding of the body is not known");
    };
  }
}
