import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// A model server that costs next to nothing: one thread answers every request with the same bytes.
///
/// It understands just enough of HTTP/1.1 to find the end of a request: headers up to the empty
/// line, then `Content-Length` bytes. Usage: `java Upstream.java PORT` (0 = any; it is printed).
final class Upstream {
  private static final int MAX_REQUEST_BYTES = 64 << 10;
  private static final String BODY =
      """
      {"predictions": [{"label": "positive", "probabilities": {"negative": 0.25, "positive": 0.75}}]}
      """;
  private static final byte[] ANSWER =
      ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(BODY.length(), BODY))
          .getBytes(StandardCharsets.US_ASCII);

  public static void main(String[] arguments) throws IOException {
    Selector selector = Selector.open();
    ServerSocketChannel listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 1024);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
    System.out.println(listener.socket().getLocalPort());
    while (true) {
      selector.select(
          key -> {
            try {
              if (key.isAcceptable()) {
                accept(listener, selector);
              } else {
                answer(key);
              }
            } catch (IOException gone) {
              key.cancel();
            }
          });
    }
  }

  private static void accept(ServerSocketChannel listener, Selector selector) throws IOException {
    SocketChannel client = listener.accept();
    client.configureBlocking(false);
    client.setOption(StandardSocketOptions.TCP_NODELAY, true);
    client.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(MAX_REQUEST_BYTES));
  }

  private static void answer(SelectionKey key) throws IOException {
    SocketChannel client = (SocketChannel) key.channel();
    ByteBuffer received = (ByteBuffer) key.attachment();
    if (client.read(received) < 0) {
      client.close();
      return;
    }
    received.flip();
    for (int end = endOfRequest(received); end > 0; end = endOfRequest(received)) {
      received.position(end);
      ByteBuffer answer = ByteBuffer.wrap(ANSWER);
      while (answer.hasRemaining()) {
        client.write(answer);
      }
    }
    received.compact();
  }

  /// Where the first request in `bytes` ends; 0 if it is incomplete.
  private static int endOfRequest(ByteBuffer bytes) {
    byte[] all = bytes.array();
    for (int i = bytes.position(); i + 4 <= bytes.limit(); i++) {
      if (all[i] == '\r' && all[i + 1] == '\n' && all[i + 2] == '\r' && all[i + 3] == '\n') {
        int end = i + 4 + contentLength(all, bytes.position(), i);
        return end <= bytes.limit() ? end : 0;
      }
    }
    return 0;
  }

  private static int contentLength(byte[] all, int from, int to) {
    String headers = new String(all, from, to - from, StandardCharsets.ISO_8859_1);
    for (String line : headers.split("\r\n")) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        return Integer.parseInt(line.substring(15).strip());
      }
    }
    return 0;
  }
}
