package dev.sightline.collect.scrape;

import dev.sightline.model.time.Clock;
import dev.sightline.wire.outgoing.TlsContext;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One connection to one target, on which requests follow each other, as HTTP/1.1 has it.
///
/// Every read and write ends at the deadline of the request, however slowly bytes drip in.
final class HttpConnection implements AutoCloseable {
  private static final int MAX_LINE_BYTES = 8 << 10;
  private static final int MAX_HEADER_LINES = 200;

  private final Clock clock;
  private final Socket socket;
  private final InputStream in;
  private long deadlineNs;
  private boolean answered;

  /// A connection that failed during a request.
  static final class Broken extends IOException {
    private final boolean answered;

    /// @param answered whether anything came back for the request
    Broken(String message, boolean answered) {
      super(message);
      this.answered = answered;
    }

    boolean answered() {
      return answered;
    }
  }

  /// @param headers names in small letters; of several with one name, the last
  record Head(int status, String reason, Map<String, String> headers) {
    @Nullable String header(String name) {
      return headers.get(name);
    }
  }

  private HttpConnection(Socket socket, Clock clock, long deadlineNs) throws IOException {
    this.clock = clock;
    this.socket = socket;
    this.deadlineNs = deadlineNs;
    this.in = new BufferedInputStream(new TimedInput(socket.getInputStream()), 16 << 10);
  }

  /// Connects to that address and no other.
  ///
  /// @param tls null for plain HTTP
  static HttpConnection open(
      InetSocketAddress address,
      @Nullable TlsContext tls,
      String host,
      Clock clock,
      long deadlineNs)
      throws IOException {
    Socket plain = new Socket();
    try {
      plain.setTcpNoDelay(true);
      plain.connect(address, remainingMs(clock, deadlineNs));
      plain.setSoTimeout(remainingMs(clock, deadlineNs));
      Socket socket = tls == null ? plain : tls.wrap(plain, host);
      return new HttpConnection(socket, clock, deadlineNs);
    } catch (IOException failure) {
      plain.close();
      throw failure;
    }
  }

  /// Sends a request and reads the head of its answer.
  Head request(String head, long newDeadlineNs) throws IOException {
    deadlineNs = newDeadlineNs;
    answered = false;
    try {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      Head first = head();
      while (first.status >= 100 && first.status < 200) {
        first = head();
      }
      return first;
    } catch (SocketTimeoutException late) {
      throw late;
    } catch (IOException failure) {
      throw new Broken(String.valueOf(failure.getMessage()), answered);
    }
  }

  private Head head() throws IOException {
    String status = line();
    if (!status.startsWith("HTTP/1.") || status.length() < 12) {
      throw new IOException("the answer is not HTTP/1.1");
    }
    Map<String, String> headers = new HashMap<>();
    for (int lines = 0; ; lines++) {
      String line = line();
      if (line.isEmpty()) {
        break;
      }
      if (lines == MAX_HEADER_LINES) {
        throw new IOException("more than " + MAX_HEADER_LINES + " header lines");
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    try {
      int code = Integer.parseInt(status.substring(9, 12));
      return new Head(code, status.substring(12).strip(), headers);
    } catch (NumberFormatException _) {
      throw new IOException("the answer has no status");
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the connection was closed before the answer was complete");
      }
      answered = true;
      if (next == '\n') {
        int length = line.length();
        boolean carriage = length > 0 && line.charAt(length - 1) == '\r';
        return carriage ? line.substring(0, length - 1) : line.toString();
      }
      if (line.length() == MAX_LINE_BYTES) {
        throw new IOException("a header line of more than " + MAX_LINE_BYTES + " bytes");
      }
      line.append((char) next);
    }
  }

  /// The body that follows `head`. Its end leaves the connection ready for the next request, if
  /// [#endsWithBody] says so.
  InputStream body(Head head) throws IOException {
    String coding = head.header("transfer-encoding");
    if (coding != null && coding.toLowerCase(Locale.ROOT).endsWith("chunked")) {
      return new ChunkedInput(in, this::line);
    }
    String length = head.header("content-length");
    if (length == null) {
      return in;
    }
    try {
      return new FixedInput(in, Long.parseLong(length));
    } catch (NumberFormatException _) {
      throw new IOException("Content-Length is \"" + length + '"');
    }
  }

  /// Whether the connection cannot be used again after this answer.
  static boolean endsWithBody(Head head) {
    boolean framed =
        head.headers.containsKey("transfer-encoding") || head.headers.containsKey("content-length");
    return !framed || "close".equalsIgnoreCase(head.header("connection"));
  }

  private static int remainingMs(Clock clock, long deadlineNs) throws SocketTimeoutException {
    long leftMs = (deadlineNs - clock.monotonicNs()) / 1_000_000;
    if (leftMs <= 0) {
      throw new SocketTimeoutException("deadline");
    }
    return (int) Math.min(leftMs, Integer.MAX_VALUE);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // Nothing is lost: the answer has been read or given up.
    }
  }

  /// Gives each read no more than what is left until the deadline.
  private final class TimedInput extends FilterInputStream {
    TimedInput(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      socket.setSoTimeout(remainingMs(clock, deadlineNs));
      return super.read(bytes, offset, length);
    }
  }
}
