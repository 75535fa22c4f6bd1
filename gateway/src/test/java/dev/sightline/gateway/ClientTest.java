package dev.sightline.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// What clients do: leave, read slowly, send early, send much.
class ClientTest {
  private static final int PIECE = 64 << 10;
  private static final int PIECES = 1_024;

  @Test
  void theUpstreamLearnsAtOnceThatTheClientLeft() throws Exception {
    for (boolean reset : new boolean[] {false, true}) {
      CountDownLatch asked = new CountDownLatch(1);
      CountDownLatch ended = new CountDownLatch(1);
      try (RawServer upstream =
              new RawServer(
                  (request, socket) -> {
                    request.body();
                    asked.countDown();
                    try {
                      request.in().read();
                    } finally {
                      ended.countDown();
                    }
                  });
          TestGateway gateway = TestGateway.before(upstream);
          RawClient client = gateway.connect()) {
        client.send("POST /predict HTTP/1.1\r\nHost: m\r\nContent-Length: 2\r\n\r\n{}");
        asked.await();
        client.leave(reset);
        assertThat(ended.await(15, TimeUnit.SECONDS)).isTrue();
        TestGateway.await(
            () -> gateway.meter("http_requests_total", "status", "499") == 1, "a 499");
        assertThat(gateway.meter("active_requests")).isZero();
        gateway.awaitMeter(1, "sightline_gateway_dropped_total", "reason", "incomplete");
      }
    }
  }

  @Test
  void theUpstreamLearnsThatTheClientLeftWithinItsBody() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (RawServer upstream =
            new RawServer(
                (request, socket) -> {
                  try {
                    request.body();
                  } finally {
                    ended.countDown();
                  }
                });
        TestGateway gateway = TestGateway.before(upstream)) {
      try (RawClient client = gateway.connect()) {
        client.send("POST /predict HTTP/1.1\r\nHost: m\r\nContent-Length: 10\r\n\r\n{}");
        TestGateway.await(() -> !upstream.requests.isEmpty(), "the request");
      }
      assertThat(ended.await(15, TimeUnit.SECONDS)).isTrue();
      TestGateway.await(() -> gateway.meter("http_requests_total", "status", "499") == 1, "a 499");
    }
  }

  @Test
  void theUpstreamLearnsThatTheClientLeftWithinAStream() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (RawServer upstream =
            new RawServer(
                (request, socket) -> {
                  RawServer.write(
                      socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
                  try {
                    request.in().read();
                  } finally {
                    ended.countDown();
                  }
                });
        TestGateway gateway = TestGateway.before(upstream)) {
      try (RawClient client = gateway.connect()) {
        assertThat(client.get("/stream").chunk()).hasSize(1);
      }
      assertThat(ended.await(15, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void requestsThatAreSentEarlyAreAnsweredInTurn() throws IOException {
    CountDownLatch secondSent = new CountDownLatch(1);
    try (RawServer upstream =
            new RawServer(
                (request, socket) -> {
                  if (request.startLine().contains("/slow")) {
                    await(secondSent);
                  }
                  String path = request.startLine().split(" ")[1];
                  RawServer.write(
                      socket,
                      "HTTP/1.1 200 OK\r\nContent-Length: " + path.length() + "\r\n\r\n" + path);
                });
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      for (int i = 0; i < 20; i++) {
        client.send("GET /slow" + i + " HTTP/1.1\r\nHost: m\r\n\r\n");
        client.send("GET /early" + i + " HTTP/1.1\r\nHost: m\r\n\r\n");
      }
      secondSent.countDown();
      for (int i = 0; i < 20; i++) {
        assertThat(client.receive().text()).isEqualTo("/slow" + i);
        assertThat(client.receive().text()).isEqualTo("/early" + i);
      }
    }
  }

  @Test
  void aClientThatReadsSlowlyHoldsTheUpstreamBack() throws IOException {
    AtomicLong written = new AtomicLong();
    byte[] piece = new byte[PIECE];
    try (RawServer upstream =
            new RawServer(
                (request, socket) -> {
                  RawServer.write(
                      socket,
                      "HTTP/1.1 200 OK\r\nContent-Length: " + (long) PIECE * PIECES + "\r\n\r\n");
                  OutputStream out = socket.getOutputStream();
                  for (int i = 0; i < PIECES; i++) {
                    out.write(piece);
                    written.addAndGet(PIECE);
                  }
                });
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = new RawClient(gateway.gateway.port(), 16 << 10)) {
      HttpMessage response = client.get("/large");
      long stalledAt = awaitStall(written);
      assertThat(stalledAt).isLessThan(32L << 20);
      assertThat(response.body()).hasSize(PIECE * PIECES);
    }
  }

  @Test
  void anUpstreamThatReadsSlowlyHoldsTheClientBack() throws Exception {
    CountDownLatch readOn = new CountDownLatch(1);
    try (RawServer upstream =
            new RawServer(
                (request, socket) -> {
                  await(readOn);
                  String size = Integer.toString(request.body().length);
                  RawServer.write(
                      socket,
                      "HTTP/1.1 200 OK\r\nContent-Length: " + size.length() + "\r\n\r\n" + size);
                });
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      AtomicLong written = new AtomicLong();
      Thread sender = Thread.ofVirtual().start(() -> sendMuch(client, written));
      assertThat(awaitStall(written)).isLessThan(32L << 20);
      readOn.countDown();
      assertThat(client.receive().text()).isEqualTo(Integer.toString(PIECE * PIECES));
      sender.join();
      TestGateway.await(
          () -> gateway.meter("sightline_gateway_dropped_total", "reason", "too_large") == 1,
          "the copy to be dropped");
      assertThat(gateway.meter("sightline_gateway_copies_bytes")).isZero();
    }
  }

  private static void sendMuch(RawClient client, AtomicLong written) {
    try {
      client.send(
          "POST /invocations HTTP/1.1\r\nHost: m\r\nContent-Length: "
              + (long) PIECE * PIECES
              + "\r\n\r\n");
      byte[] piece = "x".repeat(PIECE).getBytes(UTF_8);
      for (int i = 0; i < PIECES; i++) {
        client.send(piece);
        written.addAndGet(PIECE);
      }
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// @return the bytes written when for 300 ms none followed
  private static long awaitStall(AtomicLong written) {
    long seen = -1;
    long sinceNs = System.nanoTime();
    while (System.nanoTime() - sinceNs < TimeUnit.MILLISECONDS.toNanos(300) || seen <= 0) {
      if (written.get() != seen) {
        seen = written.get();
        sinceNs = System.nanoTime();
      }
      LockSupport.parkNanos(TestGateway.POLL_NS);
    }
    return seen;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
