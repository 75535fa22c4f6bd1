package dev.sightline.api.http;

import dev.sightline.model.time.Clock;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/// Takes in what is left of a body after its answer has been sent.
final class UnreadBody {
  /*
   * A connection that is closed while unread bytes lie in it is reset, and the reset may overtake
   * the answer: the client would see a broken connection instead of "413, the limit is …". So the
   * rest is read and thrown away, up to a limit in bytes and time. A client that waits for a
   * `100 Continue` has sent nothing, and is not made to.
   */
  private static final int TIMES_THE_LIMIT = 2;
  private static final long PATIENCE_NS = 5_000_000_000L;

  private UnreadBody() {}

  static void discard(Request request, HttpLimits limits, Clock clock) {
    if (request.getLength() == 0 || request.getHeaders().contains(HttpHeader.EXPECT)) {
      return;
    }
    long startNs = clock.monotonicNs();
    long left = limits.bodyBytes() * TIMES_THE_LIMIT;
    byte[] rest = new byte[16_384];
    try (InputStream in = Content.Source.asInputStream(request)) {
      while (left > 0 && clock.monotonicNs() - startNs < PATIENCE_NS) {
        int read = in.read(rest);
        if (read < 0) {
          return;
        }
        left -= read;
      }
    } catch (IOException _) {
      // The client has gone, or is too slow to be waited for.
    }
  }
}
