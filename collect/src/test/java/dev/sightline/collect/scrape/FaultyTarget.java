package dev.sightline.collect.scrape;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A small HTTP server whose answers, bytes and manners a test chooses for each path.
final class FaultyTarget implements AutoCloseable {
  private final ServerSocket server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /// The heads of all requests so far.
  final List<String> requests = new CopyOnWriteArrayList<>();

  final AtomicInteger connections = new AtomicInteger();

  /// Writes whatever it likes; the connection is kept unless it closes it.
  interface Answer {
    void write(Socket socket, OutputStream out) throws IOException, InterruptedException;
  }

  FaultyTarget() throws IOException {
    server = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
    Thread.ofVirtual().start(this::accept);
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  void on(String path, Answer answer) {
    answers.put(path, answer);
  }

  void on(String path, String answer) {
    on(path, (_, out) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /// A good answer with that body.
  static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException _) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      while (true) {
        StringBuilder head = new StringBuilder();
        for (String line = in.readLine(); ; line = in.readLine()) {
          if (line == null) {
            return;
          }
          if (line.isEmpty()) {
            break;
          }
          head.append(line).append('\n');
        }
        requests.add(head.toString());
        String path = head.toString().split(" ", 3)[1];
        answers
            .getOrDefault(path, (_, out) -> out.write("HTTP/1.1 404 Not Found\r\n\r\n".getBytes()))
            .write(socket, socket.getOutputStream());
        socket.getOutputStream().flush();
      }
    } catch (IOException | InterruptedException _) {
      // The other side has gone, as most of these tests want.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
