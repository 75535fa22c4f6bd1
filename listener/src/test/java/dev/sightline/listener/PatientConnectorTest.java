package dev.sightline.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.time.SystemClock;
import dev.sightline.testkit.Callers;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatientConnectorTest {
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int ROUNDS = 5;
  private static final int CALLERS = 12;
  private static final int CALLS_BEFORE_THE_END = 400;

  /// A server that answers `ok`, once it may.
  private static final class Answering implements AutoCloseable {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch mayAnswer;
    final Server server = new Server();
    final PatientConnector connector =
        new PatientConnector(server, 1, new SystemClock(), new HttpConnectionFactory()) {};

    Answering(int callsHeld) throws Exception {
      mayAnswer = new CountDownLatch(callsHeld);
      connector.setHost("127.0.0.1");
      server.addConnector(connector);
      server.setStopTimeout(0);
      server.setHandler(
          new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback)
                throws InterruptedException {
              PatientEndPoint client =
                  PatientEndPoint.below(
                      request.getConnectionMetaData().getConnection().getEndPoint());
              client.callBegins();
              Request.addCompletionListener(request, _ -> client.callEnds());
              begun.countDown();
              mayAnswer.await();
              response.getHeaders().put("Content-Length", 2);
              response.write(
                  true, ByteBuffer.wrap("ok".getBytes(StandardCharsets.US_ASCII)), callback);
              return true;
            }
          });
      server.start();
    }

    int port() {
      return connector.getLocalPort();
    }

    Socket connect() throws IOException {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
      socket.setSoTimeout(10_000);
      return socket;
    }

    void end() {
      connector.end(LIMIT);
      close();
    }

    @Override
    public void close() {
      try {
        server.stop();
      } catch (Exception failure) {
        throw new IllegalStateException(failure);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noCallInFlightIsCutOff(boolean keeping) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      try (Answering answering = new Answering(0);
          Callers callers = new Callers(answering.port(), REQUEST, keeping).start(CALLERS)) {
        while (callers.answered() < CALLS_BEFORE_THE_END) {
          Thread.onSpinWait();
        }
        answering.end();
        callers.awaitRefusal();
        assertThat(callers.failures()).as("round " + round).isEmpty();
      }
    }
  }

  /// Their connections are made, and nobody has taken them yet.
  @Test
  void whoWaitsBeforeTheDoorIsTakenIn() throws Exception {
    try (Answering answering = new Answering(0)) {
      answering.connector.setAccepting(false);
      List<Socket> waiting = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        Socket client = answering.connect();
        send(client, REQUEST);
        waiting.add(client);
      }
      answering.connector.end(LIMIT);
      for (Socket client : waiting) {
        assertThat(readToEnd(client)).contains("Connection: close").endsWith("ok");
        client.close();
      }
    }
  }

  @Test
  void aCallInFlightIsAnsweredAndToldThatItWasTheLast() throws Exception {
    try (Answering answering = new Answering(1);
        Socket client = answering.connect()) {
      send(client, REQUEST);
      answering.begun.await();
      int port = answering.port();
      Thread ending = Thread.ofPlatform().start(() -> answering.connector.end(LIMIT));
      untilRefused(port);
      answering.mayAnswer.countDown();
      assertThat(readToEnd(client)).contains("Connection: close").endsWith("ok");
      ending.join();
    }
  }

  /// Its client, too, is in the middle of something until it has seen the end.
  @Test
  void whatAnIdleClientSaysTooLateMeetsAnEndAndNoReset() throws Exception {
    try (Answering answering = new Answering(0);
        Socket client = answering.connect()) {
      send(client, REQUEST);
      byte[] answer = new byte[1_024];
      int length = client.getInputStream().read(answer);
      assertThat(new String(answer, 0, length, StandardCharsets.US_ASCII)).endsWith("ok");
      Thread ending = Thread.ofPlatform().start(() -> answering.connector.end(LIMIT));
      assertThat(client.getInputStream().read()).isEqualTo(-1);
      send(client, REQUEST);
      send(client, REQUEST);
      assertThat(client.getInputStream().read()).isEqualTo(-1);
      client.shutdownOutput();
      ending.join();
    }
  }

  @Test
  void aClientThatNeverLeavesIsNotWaitedForLong() throws Exception {
    try (Answering answering = new Answering(0);
        Socket silent = answering.connect();
        Socket served = answering.connect()) {
      send(served, REQUEST);
      assertThat(served.getInputStream().read()).isEqualTo('H');
      long startNs = System.nanoTime();
      answering.connector.end(LIMIT);
      assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(LIMIT.dividedBy(2));
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aCallThatTakesLongerThanTheLimitIsNotWaitedFor() throws Exception {
    try (Answering answering = new Answering(1);
        Socket client = answering.connect()) {
      send(client, REQUEST);
      answering.begun.await();
      answering.connector.end(Duration.ofMillis(50));
      answering.mayAnswer.countDown();
    }
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String readToEnd(Socket client) throws IOException {
    return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  private static void untilRefused(int port) {
    assertThatThrownBy(
            () -> {
              while (true) {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
              }
            })
        .isInstanceOf(ConnectException.class);
  }
}
