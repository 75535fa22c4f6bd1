package dev.sightline.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// A server on raw sockets that does whatever a test wants to each request, faults included.
final class RawServer implements AutoCloseable {
  /// What happens to a request. Closing the socket ends the connection; otherwise the next request
  /// is read from it.
  interface Session {
    void serve(HttpMessage request, Socket socket) throws IOException;
  }

  private final ServerSocket listening;
  private final Session session;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  final AtomicInteger connections = new AtomicInteger();
  final Queue<HttpMessage> requests = new ConcurrentLinkedQueue<>();

  RawServer(Session session) {
    this.session = session;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /// Answers every request with the same bytes.
  static RawServer answering(String response) {
    return new RawServer((request, socket) -> write(socket, response));
  }

  /// Answers every request with 200 and a body of JSON.
  static RawServer answeringJson(String body) {
    return answering(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\r\n\r\n"
            + body);
  }

  static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  HttpMessage onlyRequest() {
    List<HttpMessage> all = List.copyOf(requests);
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " requests reached the upstream, not 1: " + all);
    }
    return all.getFirst();
  }

  boolean hasNoConnection() {
    return open.isEmpty();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      HttpMessage request = HttpMessage.read(in);
      while (request != null) {
        requests.add(request);
        session.serve(request, socket);
        request.body();
        request = HttpMessage.read(in);
      }
    } catch (IOException _) {
      // the other side, or the test, has ended it
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
