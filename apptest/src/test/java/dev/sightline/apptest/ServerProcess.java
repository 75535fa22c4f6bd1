package dev.sightline.apptest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The packaged server as a process of its own, on free ports.
final class ServerProcess implements AutoCloseable {
  private static final Path TARGET =
      Path.of(System.getProperty("sightline.root", ".."), "server", "target");
  private static final Pattern ADDRESS = Pattern.compile("^(listening|gateway) on (http\\S+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final ConcurrentLinkedQueue<String> output = new ConcurrentLinkedQueue<>();
  private final CountDownLatch listening;
  private final HttpClient client = HttpClient.newHttpClient();

  /// Whether it ended without having listened everywhere.
  private volatile boolean silent;

  private volatile URI server = URI.create("http://unknown");
  private volatile URI gateway = URI.create("http://unknown");

  /// @param gateways how many gateway addresses will be printed: 0 or 1
  private ServerProcess(Process process, int gateways) {
    this.process = process;
    this.listening = new CountDownLatch(1 + gateways);
    Thread.ofVirtual().start(this::readOutput);
  }

  /// What a process printed, and its exit status.
  record Ended(int status, String output) {}

  /// A line of the store of logs.
  ///
  /// @param labels of its stream, and what else is known of it
  record StoredLine(String text, JsonNode labels) {
    String label(String name) {
      return labels.path(name).asString("");
    }
  }

  /// A command that runs beside the server until it is closed.
  record Running(Process process) implements AutoCloseable {
    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }

  /// Starts a command such as `demo`, with its data in `data`, and waits until it listens. It takes
  /// free ports, unless the command names a configuration, which may say otherwise.
  static ServerProcess start(Path data, int gateways, String... command) throws Exception {
    List<String> words = words(data, command);
    if (!words.contains("--listen")) {
      words.addAll(List.of("--listen", "127.0.0.1:0"));
    }
    words.addAll(List.of("--gateway", "127.0.0.1:0"));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    ServerProcess server = new ServerProcess(process, gateways);
    if (!server.listening.await(60, TimeUnit.SECONDS) || server.silent) {
      process.destroyForcibly();
      throw new AssertionError("the server does not listen:\n" + server.output());
    }
    return server;
  }

  /// Runs a command with its data in `data` that is expected to end by itself.
  static Ended runToEnd(Path data, String... command) throws Exception {
    return runToEnd(words(data, command));
  }

  /// Runs a command that is expected to end by itself.
  static Ended runToEnd(String... command) throws Exception {
    return runToEnd(words(command));
  }

  private static Ended runToEnd(List<String> words) throws Exception {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  /// What runs a command with its data in `data`.
  static List<String> words(Path data, String... command) {
    List<String> words = words(command);
    words.addAll(List.of("--data", data.toString()));
    return words;
  }

  private static List<String> words(String... command) {
    if (!Files.exists(TARGET.resolve("lib"))) {
      throw new IllegalStateException(TARGET + " holds no packaged server: run ./build verify");
    }
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED"));
    words.add("--sun-misc-unsafe-memory-access=allow");
    words.add("-cp");
    words.add(TARGET.resolve("sightline-server.jar") + ":" + TARGET.resolve("lib") + "/*");
    words.add("dev.sightline.server.cli.Main");
    words.addAll(List.of(command));
    return words;
  }

  URI server() {
    return server;
  }

  URI gateway() {
    return gateway;
  }

  long pid() {
    return process.pid();
  }

  String output() {
    return String.join("\n", output);
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(server.resolve(path)).build());
  }

  HttpResponse<String> post(String path, String json) {
    return post(server.resolve(path), json);
  }

  HttpResponse<String> post(URI uri, String json) {
    return send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  /// The answer of a GET as JSON.
  JsonNode json(String path) {
    return JSON.readTree(get(path).body());
  }

  /// The value of an instant query with one element, or NaN where there is none.
  double query(String promql) {
    String encoded = URLEncoder.encode(promql, StandardCharsets.UTF_8);
    JsonNode result = json("/api/v1/query?query=" + encoded).path("data").path("result");
    return result.isEmpty()
        ? Double.NaN
        : Double.parseDouble(result.path(0).path("value").path(1).asString());
  }

  /// The newest lines of the last hour that a LogQL query selects.
  List<StoredLine> lines(String logql) {
    String encoded = URLEncoder.encode(logql, StandardCharsets.UTF_8);
    String path = "/loki/api/v1/query_range?limit=5000&query=" + encoded;
    List<StoredLine> lines = new ArrayList<>();
    for (JsonNode found : json(path).path("data").path("result")) {
      for (JsonNode value : found.path("values")) {
        lines.add(new StoredLine(value.path(1).asString(), found.path("stream")));
      }
    }
    return lines;
  }

  /// Sends traffic through the gateway until what is returned is closed.
  Running traffic(String... options) throws IOException {
    List<String> words = words("traffic", "--duration", "1h", "--gateway", gateway.getAuthority());
    words.addAll(List.of("--server", server.getAuthority()));
    words.addAll(List.of(options));
    return new Running(
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /// Ends the process as a power switch would.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /// Asks the process to end, and waits.
  ///
  /// @return the exit status
  int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      throw new AssertionError("the server does not end:\n" + output());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    client.close();
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new AssertionError(request + " failed; the server said:\n" + output(), failure);
    } catch (InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  private void readOutput() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        Matcher address = ADDRESS.matcher(line);
        if (address.find()) {
          if (address.group(1).equals("gateway")) {
            gateway = URI.create(address.group(2));
          } else {
            server = URI.create(address.group(2));
          }
          listening.countDown();
        }
      }
    } catch (IOException _) {
      output.add("(output ends)");
    }
    if (listening.getCount() > 0) {
      silent = true;
      IntStream.range(0, 2).forEach(_ -> listening.countDown());
    }
  }
}
