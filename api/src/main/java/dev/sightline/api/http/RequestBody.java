package dev.sightline.api.http;

import dev.sightline.model.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Takes in the body of a call, decompresses it, and stops at the limits: on the way, not
/// afterwards.
final class RequestBody {
  /// The most memory that is taken because a header asks for it.
  private static final long ANNOUNCED_BYTES = 4 << 20;

  private final HttpLimits limits;
  private final Clock clock;

  RequestBody(HttpLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /// The whole body, in memory.
  ///
  /// @param contentLength -1 where it is not announced
  /// @param encoding of the content; null for none
  /// @throws ApiException 400, 408, 413 or 415
  byte[] read(InputStream in, long contentLength, @Nullable String encoding) {
    BodyStream body =
        open(
            in,
            contentLength,
            encoding,
            new BodyStream.Limits(
                limits.bodyBytes(), limits.decompressedBytes(), limits.decompressionRatio()));
    ByteArrayOutputStream all =
        new ByteArrayOutputStream((int) Math.clamp(contentLength, 8_192, ANNOUNCED_BYTES));
    byte[] buffer = new byte[16_384];
    for (int read = body.read(buffer, 0, buffer.length);
        read >= 0;
        read = body.read(buffer, 0, buffer.length)) {
      all.write(buffer, 0, read);
    }
    return all.toByteArray();
  }

  /// The body as it comes, for whoever need not hold all of it: so it may be much longer.
  InputStream stream(InputStream in, long contentLength, @Nullable String encoding) {
    return open(
        in,
        contentLength,
        encoding,
        new BodyStream.Limits(
            HttpLimits.UPLOAD_BYTES,
            HttpLimits.UPLOAD_DECOMPRESSED_BYTES,
            limits.decompressionRatio()));
  }

  private BodyStream open(
      InputStream in, long contentLength, @Nullable String encoding, BodyStream.Limits bounds) {
    if (contentLength > bounds.bytes()) {
      throw BodyStream.tooLarge("body", bounds.bytes());
    }
    return new BodyStream(in, encoding, bounds, clock);
  }
}
