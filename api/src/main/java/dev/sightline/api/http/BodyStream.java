package dev.sightline.api.http;

import dev.sightline.model.time.Clock;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// The body of a call as it comes, decompressed on the way. Every failure of reading is an
/// [ApiException]: what is over a limit, too slow, or not what its headers say.
final class BodyStream extends InputStream {
  /// Below this size the ratio says nothing: a short body of one repeated letter is no attack.
  private static final long RATIO_COUNTS_FROM_BYTES = 1_024 * 1_024;

  private static final long GRACE_NS = 10_000_000_000L;
  private static final long MIN_BYTES_PER_SECOND = 1_024;

  private final Limits limits;
  private final Clock clock;
  private final String coding;
  private final Metered sent;
  private final InputStream plain;
  private long bytes;

  /// @param bytes of a body as it is sent
  /// @param decompressedBytes of a body once it is decompressed
  /// @param ratio how many times larger decompression may make a body
  record Limits(long bytes, long decompressedBytes, int ratio) {}

  /// @param encoding of the content; null for none
  /// @throws ApiException 400, 408, 413 or 415
  BodyStream(InputStream in, @Nullable String encoding, Limits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
    this.coding = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
    this.sent = new Metered(in);
    this.plain = plain();
  }

  private InputStream plain() {
    try {
      return switch (coding) {
        case "", "identity" -> sent;
        case "gzip", "x-gzip" -> new GZIPInputStream(sent, 8_192);
        case "deflate" -> deflated();
        default ->
            throw new ApiException(
                new ApiError(
                    415,
                    "bad_data",
                    "Content-Encoding must be gzip, deflate or identity, not " + coding));
      };
    } catch (IOException failure) {
      throw failed(failure);
    }
  }

  /// The standard means zlib's format by this name; some clients send what is inside of it alone.
  private InputStream deflated() throws IOException {
    PushbackInputStream in = new PushbackInputStream(sent, 2);
    byte[] header = in.readNBytes(2);
    in.unread(header);
    boolean zlib =
        header.length == 2
            && (header[0] & 0x0F) == 8
            && ((header[0] & 0xFF) << 8 | header[1] & 0xFF) % 31 == 0;
    return new InflaterInputStream(in, new Inflater(!zlib), 8_192);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    int read;
    try {
      read = plain.read(into, offset, length);
    } catch (IOException failure) {
      throw failed(failure);
    }
    if (read > 0) {
      bytes += read;
      check();
    }
    return read;
  }

  private void check() {
    if (bytes > limits.decompressedBytes) {
      throw tooLarge("decompressed body", limits.decompressedBytes);
    }
    if (bytes > RATIO_COUNTS_FROM_BYTES && bytes > sent.bytes * limits.ratio) {
      throw new ApiException(
          ApiError.tooLarge("body decompresses to more than " + limits.ratio + " times its size"));
    }
  }

  private ApiException failed(IOException failure) {
    if (failure instanceof ZipException || failure instanceof EOFException) {
      return new ApiException(ApiError.badData(brokenBody()));
    }
    return failure.getCause() instanceof TimeoutException
        ? tooSlow()
        : new ApiException(ApiError.badData("body could not be read to its end"));
  }

  private String brokenBody() {
    return coding.endsWith("gzip") || coding.equals("deflate")
        ? "body is not the " + coding + " that Content-Encoding announces, or ends early"
        : "body ends early, or its chunks are malformed";
  }

  static ApiException tooLarge(String what, long limitBytes) {
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
      if (bytes > limits.bytes) {
        throw tooLarge("body", limits.bytes);
      }
      long tookNs = clock.monotonicNs() - startNs;
      if (tookNs > GRACE_NS && bytes < tookNs / 1e9 * MIN_BYTES_PER_SECOND) {
        throw tooSlow();
      }
    }
  }
}
