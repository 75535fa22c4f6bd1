import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Sends calls at a fixed rate, whatever becomes of the ones before, and prints their latencies.
///
/// Call `n` is due at `start + n / rate`. A free connection takes the next call and waits for its
/// time; a call for which none was free in time counts from when it was due, so a server that
/// stalls is charged for every call that it kept waiting. What the clock of this program oversleeps
/// is not charged to the server. Usage: `java OpenLoop.java PORT RATE SECONDS`; prints
/// `p50_ms p99_ms max_ms calls failures`.
final class OpenLoop {
  private static final int CONNECTIONS = 64;
  private static final int WARM_UP_SECONDS = 3;
  private static final String BODY =
      """
      {"dataframe_split": {"columns": ["text"], "data": [["%s"]]}}""";

  private final byte[] request;
  private final int port;
  private final long calls;
  private final long warmUpCalls;
  private final long intervalNs;
  private final long startNs = System.nanoTime() + 200_000_000L;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final long[] latenciesNs;

  private OpenLoop(int port, int rate, int seconds) {
    String body = BODY.formatted("a fine film ".repeat(20));
    this.request =
        ("POST /invocations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body))
            .getBytes(StandardCharsets.US_ASCII);
    this.port = port;
    this.warmUpCalls = (long) rate * WARM_UP_SECONDS;
    this.calls = warmUpCalls + (long) rate * seconds;
    this.intervalNs = 1_000_000_000L / rate;
    this.latenciesNs = new long[(int) calls];
  }

  public static void main(String[] arguments) throws InterruptedException {
    OpenLoop loop =
        new OpenLoop(
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]));
    List<Thread> connections = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      connections.add(Thread.ofPlatform().start(loop::useOneConnection));
    }
    for (Thread connection : connections) {
      connection.join();
    }
    loop.print();
  }

  private void useOneConnection() {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      byte[] answer = new byte[8192];
      for (long call = next.getAndIncrement(); call < calls; call = next.getAndIncrement()) {
        long dueNs = startNs + call * intervalNs;
        boolean inTime = System.nanoTime() < dueNs;
        for (long left = dueNs - System.nanoTime(); left > 0; left = dueNs - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        long beginNs = inTime ? System.nanoTime() : dueNs;
        socket.getOutputStream().write(request);
        if (!readAnswer(socket.getInputStream(), answer)) {
          failures.incrementAndGet();
        }
        latenciesNs[(int) call] = System.nanoTime() - beginNs;
      }
    } catch (IOException broken) {
      failures.incrementAndGet();
    }
  }

  /// Whether a whole answer came, and was a 200. Answers are small and have a `Content-Length`.
  private static boolean readAnswer(InputStream from, byte[] buffer) throws IOException {
    int size = 0;
    while (true) {
      int count = from.read(buffer, size, buffer.length - size);
      if (count < 0) {
        throw new IOException("closed by the server");
      }
      size += count;
      String text = new String(buffer, 0, size, StandardCharsets.ISO_8859_1);
      int headersEnd = text.indexOf("\r\n\r\n");
      if (headersEnd > 0 && size >= headersEnd + 4 + contentLength(text)) {
        return text.startsWith("HTTP/1.1 200");
      }
    }
  }

  private static int contentLength(String answer) {
    int at = answer.toLowerCase(java.util.Locale.ROOT).indexOf("content-length:");
    return Integer.parseInt(answer.substring(at + 15, answer.indexOf('\r', at)).strip());
  }

  private void print() {
    long[] sorted = Arrays.copyOfRange(latenciesNs, (int) warmUpCalls, (int) calls);
    Arrays.sort(sorted);
    System.out.printf(
        "%.3f %.3f %.3f %d %d%n",
        sorted[sorted.length / 2] / 1e6,
        sorted[(int) (sorted.length * 0.99)] / 1e6,
        sorted[sorted.length - 1] / 1e6,
        sorted.length,
        failures.get());
  }
}
