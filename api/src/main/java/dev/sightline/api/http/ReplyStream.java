package dev.sightline.api.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/// Sends the body of an answer: whole with its length where it is short, otherwise as it comes,
/// compressed if the caller takes that.
final class ReplyStream extends OutputStream {
  private static final int WHOLE_UP_TO_BYTES = 16_384;
  private static final int COMPRESS_FROM_BYTES = 1_024;

  private final Response response;
  private final boolean mayCompress;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream(1_024);
  private @Nullable OutputStream sink;

  ReplyStream(Response response, boolean mayCompress) {
    this.response = response;
    this.mayCompress = mayCompress;
  }

  /// Whether the answer can still become another one.
  boolean isUntouched() {
    return sink == null;
  }

  @Override
  public void write(int oneByte) throws IOException {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (sink == null && held.size() + length <= WHOLE_UP_TO_BYTES) {
      held.write(bytes, offset, length);
    } else {
      opened().write(bytes, offset, length);
    }
  }

  /// Does nothing: short answers go out whole.
  @Override
  public void flush() {}

  @Override
  public void close() throws IOException {
    boolean bodiless = response.getStatus() == 204 || response.getStatus() == 304;
    if (sink == null && !bodiless && !(mayCompress && held.size() >= COMPRESS_FROM_BYTES)) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, held.size());
    }
    opened().close();
  }

  private OutputStream opened() throws IOException {
    OutputStream open = sink;
    if (open == null) {
      open = Content.Sink.asOutputStream(response);
      boolean lengthTold = response.getHeaders().contains(HttpHeader.CONTENT_LENGTH);
      if (mayCompress && !lengthTold && response.getStatus() == 200) {
        response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
        open = new FastGzip(open);
      }
      sink = open;
      held.writeTo(open);
    }
    return open;
  }

  /// Answers are compressed for the wire, not for the shelf.
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 8_192);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
