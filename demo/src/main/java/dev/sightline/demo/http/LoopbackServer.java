package dev.sightline.demo.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A small HTTP server on a free port of 127.0.0.1, with one virtual thread for each request.
///
/// It is the JDK's own, and so stands on other code than the server that the demo shows: what the
/// two say to each other is what the protocol says.
public final class LoopbackServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoopbackServer.class);
  private static final int BACKLOG = 1_024;

  static {
    setUnlessSet("sun.net.httpserver.nodelay", "true");
    setUnlessSet("sun.net.httpserver.maxReqTime", "30");
    // Beyond this many, connections are closed under clients that are about to use them again.
    setUnlessSet("sun.net.httpserver.maxIdleConnections", "2000");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final int bodyLimitBytes;
  private final Function<Request, Reply> handler;

  private LoopbackServer(
      String name, HttpServer server, int bodyLimitBytes, Function<Request, Reply> handler) {
    this.server = server;
    this.bodyLimitBytes = bodyLimitBytes;
    this.handler = handler;
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory());
  }

  /// Listens at once.
  ///
  /// @param name of its threads
  /// @param bodyLimitBytes of requests; a longer one is answered 413 and never reaches `handler`
  /// @param handler called on many threads at the same time
  public static LoopbackServer start(
      String name, int bodyLimitBytes, Function<Request, Reply> handler) {
    try {
      var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
      var loopback =
          new LoopbackServer(name, HttpServer.create(address, BACKLOG), bodyLimitBytes, handler);
      loopback.server.setExecutor(loopback.threads);
      loopback.server.createContext("/", loopback::exchange);
      loopback.server.start();
      return loopback;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot listen on 127.0.0.1 for " + name, failure);
    }
  }

  /// Where it listens, without a path.
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(bodyLimitBytes + 1);
      Reply reply = body.length > bodyLimitBytes ? tooLong() : answer(exchange, body);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.getResponseHeaders().set("Content-Type", reply.contentType());
      byte[] bytes = reply.body();
      exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Reply answer(HttpExchange exchange, byte[] body) {
    String path = exchange.getRequestURI().getPath();
    try {
      return handler.apply(
          new Request(exchange.getRequestMethod(), path, exchange.getRequestHeaders(), body));
    } catch (RuntimeException failure) {
      LOG.error("{} {} failed", exchange.getRequestMethod(), path, failure);
      return Reply.of(500, Reply.TEXT, "Internal Server Error");
    }
  }

  private Reply tooLong() {
    return Reply.of(
        413, Reply.TEXT, "The body is longer than the limit of " + bodyLimitBytes + " bytes");
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
