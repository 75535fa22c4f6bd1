package dev.sightline.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Clients that send one request of HTTP/1.1 again and again until their server takes no connection
/// any more, and write down what became of each.
public final class Callers implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;

  private final int port;
  private final byte[] request;
  private final boolean keeping;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  /// @param request its line, headers and body; its answers must have a `Content-Length`
  /// @param keeping whether connections are used again, or each call has one of its own
  public Callers(int port, String request, boolean keeping) {
    this.port = port;
    this.request = request.getBytes(StandardCharsets.ISO_8859_1);
    this.keeping = keeping;
  }

  public Callers start(int count) {
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofPlatform().daemon().start(this::callUntilRefused));
    }
    return this;
  }

  /// How many calls were answered with status 200.
  public int answered() {
    return answered.get();
  }

  /// How many calls met a clean end before the first byte of an answer, on a connection that had
  /// carried calls before: clients repeat those.
  public int ended() {
    return ended.get();
  }

  /// What became of all other calls.
  public Queue<String> failures() {
    return failures;
  }

  /// Waits until all have been refused.
  public void awaitRefusal() {
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException failure) {
        throw new IllegalStateException(failure);
      }
    }
  }

  @Override
  public void close() {
    awaitRefusal();
  }

  private void callUntilRefused() {
    while (true) {
      try (Socket socket = new Socket()) {
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
        callOn(socket);
      } catch (ConnectException _) {
        return;
      } catch (IOException failure) {
        failures.add("no connection: " + failure);
      }
    }
  }

  private void callOn(Socket socket) {
    boolean used = false;
    boolean goesOn = true;
    while (goesOn) {
      try {
        socket.getOutputStream().write(request);
        goesOn = isAnswered(socket.getInputStream(), used) && keeping;
      } catch (IOException failure) {
        failures.add((used ? "on a kept connection: " : "on a new connection: ") + failure);
        return;
      }
      used = true;
    }
  }

  /// @return whether another call may follow on this connection
  private boolean isAnswered(InputStream in, boolean used) throws IOException {
    String head = head(in);
    if (head.isEmpty() && used) {
      ended.incrementAndGet();
      return false;
    }
    if (!head.startsWith("http/1.1 200 ")) {
      failures.add(head.isEmpty() ? "an end without an answer" : head);
      return false;
    }
    int length = Integer.parseInt(head.replaceAll("(?s).*content-length: *(\\d+).*", "$1"));
    if (in.readNBytes(length).length < length) {
      throw new EOFException("half an answer");
    }
    answered.incrementAndGet();
    return !head.contains("connection: close");
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0 && head.isEmpty()) {
        return "";
      }
      if (next < 0) {
        throw new EOFException("half an answer");
      }
      head.append((char) next);
    }
    return head.toString().toLowerCase(Locale.ROOT);
  }
}
