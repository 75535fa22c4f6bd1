package dev.sightline.collect.mlflow;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/// A real tracking server, started with the command that `SIGHTLINE_TEST_MLFLOW` names.
final class MlflowServer implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final URI address;

  private MlflowServer(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /// @param directory for what it stores; skips the test where there is no such command
  static MlflowServer start(Path directory) throws IOException {
    String command = System.getenv("SIGHTLINE_TEST_MLFLOW");
    assumeTrue(command != null, "SIGHTLINE_TEST_MLFLOW names no command of MLflow");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                command,
                "server",
                "--backend-store-uri",
                "sqlite:///" + directory.resolve("mlflow.db"),
                "--default-artifact-root",
                directory.resolve("artifacts").toString(),
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--workers",
                "1")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("mlflow.log").toFile())
            .start();
    MlflowServer server = new MlflowServer(process, URI.create("http://127.0.0.1:" + port));
    await().atMost(Duration.ofMinutes(3)).until(server::isUp);
    return server;
  }

  URI address() {
    return address;
  }

  private boolean isUp() throws InterruptedException {
    if (!process.isAlive()) {
      throw new IllegalStateException("mlflow ended with " + process.exitValue());
    }
    try {
      HttpRequest request = HttpRequest.newBuilder(address.resolve("/health")).build();
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  /// @return the answer, as JSON
  String ask(String what, String body) throws IOException, InterruptedException {
    return send("POST", what, body);
  }

  void post(String what, String body) throws IOException, InterruptedException {
    send("POST", what, body);
  }

  private String send(String method, String what, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/api/2.0/mlflow/" + what))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    var response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(what + ": " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  void stop() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    stop();
    client.close();
  }
}
