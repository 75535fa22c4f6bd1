import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A model whose answer proves what it was asked, and a client that checks every answer to the byte.
///
/// `java Hashes.java serve PORT` answers each call with the SHA-256 of its body (0 = any port; it is
/// printed). `java Hashes.java call PORT RATE SECONDS BODY_BYTES` sends calls with random bodies at a
/// fixed rate and prints `calls right changed failed refused worst_ms`: an answer counts as changed
/// if its status, its body or the model's own headers are not those that the model writes for that
/// body; as refused if no connection could be made; as failed if it broke off or never came.
final class Hashes {
  private static final int CONNECTIONS = 64;
  private static final int PATIENCE_MS = 20_000;
  private static final String ANSWER =
      """
      {"predictions": [{"label": "positive", "probabilities": {"negative": 0.25, "positive": 0.75}}], "sha256": "%s"}
      """;

  private final int port;
  private final int bodyBytes;
  private final long calls;
  private final long intervalNs;
  private final long startNs = System.nanoTime() + 200_000_000L;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong right = new AtomicLong();
  private final AtomicLong changed = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong worstNs = new AtomicLong();

  private Hashes(int port, int rate, int seconds, int bodyBytes) {
    this.port = port;
    this.bodyBytes = bodyBytes;
    this.calls = (long) rate * seconds;
    this.intervalNs = 1_000_000_000L / rate;
  }

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[1]);
    if (arguments[0].equals("serve")) {
      serve(port);
    } else {
      new Hashes(
              port,
              Integer.parseInt(arguments[2]),
              Integer.parseInt(arguments[3]),
              Integer.parseInt(arguments[4]))
          .call();
    }
  }

  private static void serve(int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 1024);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", Hashes::answer);
    server.start();
    System.out.println(server.getAddress().getPort());
  }

  private static void answer(HttpExchange exchange) throws IOException {
    byte[] answer = answerTo(exchange.getRequestBody().readAllBytes());
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("X-Model", "hashes");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static byte[] answerTo(byte[] body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      return ANSWER.formatted(HexFormat.of().formatHex(hash)).getBytes(StandardCharsets.US_ASCII);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private void call() throws InterruptedException {
    List<Thread> connections = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      Random random = new Random(i);
      connections.add(Thread.ofPlatform().start(() -> useConnections(random)));
    }
    for (Thread connection : connections) {
      connection.join();
    }
    System.out.printf(
        "%d %d %d %d %d %.1f%n",
        calls, right.get(), changed.get(), failed.get(), refused.get(), worstNs.get() / 1e6);
  }

  private void useConnections(Random random) {
    Socket socket = null;
    for (long call = next.getAndIncrement(); call < calls; call = next.getAndIncrement()) {
      long dueNs = startNs + call * intervalNs;
      for (long left = dueNs - System.nanoTime(); left > 0; left = dueNs - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      byte[] body = body(random, call);
      try {
        if (socket != null && isEnded(socket)) {
          socket = closed(socket);
        }
        if (socket == null) {
          socket = SocketChannel.open(new InetSocketAddress("127.0.0.1", port)).socket();
          socket.setTcpNoDelay(true);
          socket.setSoTimeout(PATIENCE_MS);
        }
        socket.getOutputStream().write(request(body));
        (isRight(read(socket.getInputStream()), body) ? right : changed).incrementAndGet();
      } catch (ConnectException none) {
        refused.incrementAndGet();
      } catch (IOException broken) {
        failed.incrementAndGet();
        socket = closed(socket);
      }
      worstNs.accumulateAndGet(System.nanoTime() - dueNs, Math::max);
    }
    closed(socket);
  }

  /// Whether the server has ended a connection since its last answer; what every client looks at
  /// before it uses one again.
  private static boolean isEnded(Socket socket) throws IOException {
    SocketChannel channel = socket.getChannel();
    channel.configureBlocking(false);
    try {
      return channel.read(ByteBuffer.allocate(1)) != 0;
    } catch (IOException reset) {
      return true;
    } finally {
      channel.configureBlocking(true);
    }
  }

  private static Socket closed(Socket socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException gone) {
      // It is of no use any more.
    }
    return null;
  }

  private byte[] body(Random random, long call) {
    StringBuilder text = new StringBuilder("{\"dataframe_split\": {\"columns\": [\"text\"], ");
    text.append("\"data\": [[\"").append(call).append(' ');
    while (text.length() < bodyBytes) {
      text.append(Long.toHexString(random.nextLong())).append(' ');
    }
    return text.append("\"]]}}").toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] request(byte[] body) {
    String headers =
        "POST /invocations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: " + body.length + "\r\n\r\n";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(headers.getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  private static boolean isRight(String answer, byte[] body) {
    int end = answer.indexOf("\r\n\r\n");
    String headers = answer.substring(0, end).toLowerCase(java.util.Locale.ROOT);
    String expected = new String(answerTo(body), StandardCharsets.US_ASCII);
    return headers.startsWith("http/1.1 200")
        && headers.contains("\r\ncontent-type: application/json")
        && headers.contains("\r\nx-model: hashes")
        && answer.substring(end + 4).equals(expected);
  }

  /// One answer with a `Content-Length`.
  private static String read(InputStream from) throws IOException {
    byte[] buffer = new byte[8192];
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
        return text;
      }
    }
  }

  private static int contentLength(String answer) {
    int at = answer.toLowerCase(java.util.Locale.ROOT).indexOf("content-length:");
    return at < 0 ? 0 : Integer.parseInt(answer.substring(at + 15, answer.indexOf('\r', at)).strip());
  }
}
