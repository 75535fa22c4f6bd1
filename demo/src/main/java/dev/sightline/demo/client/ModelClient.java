package dev.sightline.demo.client;

import dev.sightline.demo.client.CallOutcome.Answered;
import dev.sightline.demo.client.CallOutcome.Unanswered;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls a watched model and reports truths about its predictions. Safe for any number of threads.
public final class ModelClient implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
  private static final int ANSWER_LIMIT_BYTES = 4 << 20;
  private static final int LONGEST_PROBLEM = 200;
  private static final JsonFactory JSON = new JsonFactory();

  private final WatchedModel model;
  private final HttpClient http;

  public ModelClient(WatchedModel model) {
    this.model = model;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(
                Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("demo-client-", 0).factory()))
            .build();
  }

  /// Whether anybody takes calls at all, asked before they begin.
  ///
  /// @return why not, in the user's words; null if somebody does
  public @Nullable String unreachable() {
    URI gateway = model.gateway();
    int usual = "https".equals(gateway.getScheme()) ? 443 : 80;
    int port = gateway.getPort() >= 0 ? gateway.getPort() : usual;
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(gateway.getHost(), port), (int) CONNECT_TIMEOUT.toMillis());
      return null;
    } catch (UnknownHostException _) {
      return "there is no host " + gateway.getHost();
    } catch (ConnectException _) {
      return "nobody listens on " + gateway.getAuthority();
    } catch (IOException failure) {
      return "no connection to " + gateway.getAuthority() + ": " + failure.getMessage();
    }
  }

  /// Sends a call through the gateway and waits for the answer.
  ///
  /// @param body JSON
  public CallOutcome call(byte[] body) throws InterruptedException {
    try {
      HttpResponse<byte[]> response = send(request(model.callUri(), body));
      String id = response.headers().firstValue("X-Request-Id").orElse(null);
      return new Answered(response.statusCode(), id, response.body());
    } catch (IOException failure) {
      return new Unanswered(reason(model.callUri(), failure));
    }
  }

  /// Sends truths to the server and waits until it has taken them.
  public TruthReceipt report(List<Truth> truths) throws InterruptedException {
    HttpRequest.Builder request = request(model.truthUri(), json(truths));
    if (model.token() != null) {
      request.header("Authorization", "Bearer " + model.token());
    }
    try {
      HttpResponse<byte[]> response = send(request);
      return receipt(truths.size(), response.statusCode(), response.body());
    } catch (IOException failure) {
      return TruthReceipt.unsent(truths.size(), reason(model.truthUri(), failure));
    }
  }

  /// Calls that are under way end as unanswered.
  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(
        request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_LIMIT_BYTES));
  }

  private static HttpRequest.Builder request(URI uri, byte[] body) {
    return HttpRequest.newBuilder(uri)
        .timeout(ANSWER_TIMEOUT)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(body));
  }

  private static byte[] json(List<Truth> truths) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartArray();
      for (Truth truth : truths) {
        json.writeStartObject();
        json.writeStringProperty("id", truth.id());
        json.writeStringProperty("value", truth.value());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    return bytes.toByteArray();
  }

  private static TruthReceipt receipt(int truths, int status, byte[] body) {
    if (status != 200 && status != 207) {
      String text = new String(body, StandardCharsets.UTF_8).strip();
      return TruthReceipt.unsent(
          truths,
          "status " + status + ": " + text.substring(0, Math.min(text.length(), LONGEST_PROBLEM)));
    }
    try {
      JsonNode root = JsonMapper.shared().readTree(body);
      JsonNode rejected = root.path("rejected");
      return new TruthReceipt(
          root.path("joined").asLong(0),
          root.path("waiting").asLong(0),
          root.path("corrected").asLong(0),
          rejected.size(),
          0,
          rejected.isEmpty() ? "" : rejected.get(0).path("error").asString(""));
    } catch (JacksonException failure) {
      return TruthReceipt.unsent(truths, "the answer is not JSON: " + failure.getOriginalMessage());
    }
  }

  /// The client's exceptions often have no message of their own.
  private static String reason(URI uri, IOException failure) {
    return switch (failure) {
      case HttpConnectTimeoutException _ ->
          "no connection to %s within %d s"
              .formatted(uri.getAuthority(), CONNECT_TIMEOUT.toSeconds());
      case HttpTimeoutException _ ->
          "no answer from %s within %d s".formatted(uri.getAuthority(), ANSWER_TIMEOUT.toSeconds());
      case ConnectException _ -> "nobody listens on " + uri.getAuthority();
      default ->
          failure.getMessage() == null
              ? uri.getAuthority() + " broke the connection off"
              : uri.getAuthority() + ": " + failure.getMessage();
    };
  }
}
