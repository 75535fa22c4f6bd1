package dev.sightline.apptest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With the gateway's socket held by another process, the death of ours refuses nobody.
class KeptSocketTest {
  private static final int DEATHS = 2;
  private static final int ANSWERS_EACH = 20;

  @TempDir Path directory;
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger cut = new AtomicInteger();

  @Test
  void noConnectionIsRefusedWhenTheServerIsKilled() throws Exception {
    assumeTrue(hasPython(), "python3, which runs deploy/keep-socket.py, is not installed");
    HttpServer model = model();
    int port = freePort();
    Process keeper = keeper(port, model.getAddress().getPort());
    await().atMost(Duration.ofSeconds(30)).until(() -> isOpen(port));
    AtomicBoolean done = new AtomicBoolean();
    Thread client = Thread.ofPlatform().start(() -> callUntil(done, port));
    try {
      for (int death = 0; death < DEATHS; death++) {
        awaitAnswers(answered.get() + ANSWERS_EACH);
        ProcessHandle server = child(keeper).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();
      }
      awaitAnswers(answered.get() + ANSWERS_EACH);
      assertThat(refused).hasValue(0);
      assertThat(cut.get()).as("one client has one call in flight").isLessThanOrEqualTo(DEATHS);
      keeper.destroy();
      assertThat(keeper.waitFor()).isZero();
    } finally {
      done.set(true);
      child(keeper).ifPresent(ProcessHandle::destroyForcibly);
      keeper.destroyForcibly();
      client.join();
      model.stop(0);
    }
  }

  @Test
  void withoutASocketItSaysSo() throws Exception {
    Path config = configuration(1);
    ServerProcess.Ended ended =
        ServerProcess.runToEnd(
            directory.resolve("data"),
            "serve",
            "--config",
            config.toString(),
            "--listen",
            "127.0.0.1:0",
            "--gateway",
            "inherited");
    assertThat(ended.status()).isNotZero();
    assertThat(ended.output())
        .contains("cannot listen on the socket that is its standard input")
        .contains("standard input is no listening socket");
  }

  private void awaitAnswers(int count) {
    await().atMost(Duration.ofSeconds(60)).until(() -> answered.get() >= count);
  }

  private void callUntil(AtomicBoolean done, int port) {
    while (!done.get()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        String call =
            "POST /predict HTTP/1.1\r\nHost: m\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}";
        socket.getOutputStream().write(call.getBytes(StandardCharsets.US_ASCII));
        InputStream answer = socket.getInputStream();
        String status = new String(answer.readNBytes(12), StandardCharsets.US_ASCII);
        (status.equals("HTTP/1.1 200") ? answered : cut).incrementAndGet();
      } catch (ConnectException _) {
        refused.incrementAndGet();
      } catch (IOException _) {
        cut.incrementAndGet();
      }
    }
  }

  private Process keeper(int port, int model) throws IOException {
    Path script = Path.of(System.getProperty("sightline.root", ".."), "deploy", "keep-socket.py");
    ProcessBuilder keeper =
        new ProcessBuilder("python3", script.toString(), "127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile());
    keeper
        .command()
        .addAll(
            ServerProcess.words(
                directory.resolve("data"),
                "serve",
                "--config",
                configuration(model).toString(),
                "--listen",
                "127.0.0.1:0",
                "--gateway",
                "inherited"));
    return keeper.start();
  }

  private Path configuration(int model) throws IOException {
    return Files.writeString(
        directory.resolve("sightline.yml"),
        "models: [{ name: m, upstream: \"http://127.0.0.1:%d\" }]".formatted(model));
  }

  private static Optional<ProcessHandle> child(Process keeper) {
    return keeper.children().findFirst();
  }

  private static HttpServer model() throws IOException {
    HttpServer model =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    model.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] answer = "{\"predictions\": [1]}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    model.start();
    return model;
  }

  private static boolean isOpen(int port) {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }
}
