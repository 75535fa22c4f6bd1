package dev.sightline.api.http;

import dev.sightline.model.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Reads the body of a call into memory, decompresses it, and stops at the limits: on the way, not
/// afterwards.
final class RequestBody {
  /// Below this size the ratio says nothing: a short body of one repeated letter is no attack.
  private static final long RATIO_COUNTS_FROM_BYTES = 1_024 * 1_024;

  private static final long GRACE_NS = 10_000_000_000L;
  private static final long MIN_BYTES_PER_SECOND = 1_024;

  private final HttpLimits limits;
  private final Clock clock;

  RequestBody(HttpLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /// @param contentLength -1 where it is not announced
  /// @param encoding of the content; null for none
  /// @throws ApiException 400, 408, 413 or 415
  byte[] read(InputStream in, long contentLength, @Nullable String encoding) {
    if (contentLength > limits.bodyBytes()) {
      throw bodyTooLarge();
    }
    Metered metered = new Metered(in);
    String name = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
    try {
      return switch (name) {
        case "", "identity" -> readAll(metered, metered);
        case "gzip", "x-gzip" -> readAll(new GZIPInputStream(metered, 8_192), metered);
        default ->
            throw new ApiException(
                new ApiError(
                    415, "bad_data", "Content-Encoding must be gzip or identity, not " + name));
      };
    } catch (ZipException | EOFException broken) {
      throw new ApiException(ApiError.badData(brokenBody(name)));
    } catch (IOException failure) {
      if (failure.getCause() instanceof TimeoutException) {
        throw tooSlow();
      }
      throw new ApiException(ApiError.badData("body could not be read to its end"));
    }
  }

  private static String brokenBody(String encoding) {
    return encoding.endsWith("gzip")
        ? "body is not the gzip that Content-Encoding announces, or ends early"
        : "body ends early, or its chunks are malformed";
  }

  private byte[] readAll(InputStream plain, Metered sent) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream(8_192);
    byte[] buffer = new byte[16_384];
    for (int read = plain.read(buffer); read >= 0; read = plain.read(buffer)) {
      all.write(buffer, 0, read);
      if (all.size() > limits.decompressedBytes()) {
        throw tooLarge("decompressed body", limits.decompressedBytes());
      }
      if (all.size() > RATIO_COUNTS_FROM_BYTES
          && all.size() > sent.bytes * limits.decompressionRatio()) {
        throw new ApiException(
            ApiError.tooLarge(
                "body decompresses to more than "
                    + limits.decompressionRatio()
                    + " times its size"));
      }
    }
    return all.toByteArray();
  }

  private ApiException bodyTooLarge() {
    return tooLarge("body", limits.bodyBytes());
  }

  private static ApiException tooLarge(String what, long limitBytes) {
    return new ApiException(
        ApiError.tooLarge(what + " is larger than the limit of " + limitBytes + " bytes"));
  }

  private static ApiException tooSlow() {
    return new ApiException(
        new ApiError(
            408,
            "bad_data",
            "body came slower than the limit of " + MIN_BYTES_PER_SECOND + " bytes per second"));
  }

  /// Counts what the client really sent, and gives up on a client that sends drop by drop.
  private final class Metered extends InputStream {
    private final InputStream in;
    private final long startNs = clock.monotonicNs();
    private long bytes;

    Metered(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = in.read(into, offset, length);
      if (read > 0) {
        bytes += read;
        check();
      }
      return read;
    }

    @Override
    public int available() throws IOException {
      return in.available();
    }

    private void check() {
      if (bytes > limits.bodyBytes()) {
        throw bodyTooLarge();
      }
      long tookNs = clock.monotonicNs() - startNs;
      if (tookNs > GRACE_NS && bytes < tookNs / 1e9 * MIN_BYTES_PER_SECOND) {
        throw tooSlow();
      }
    }
  }
}
