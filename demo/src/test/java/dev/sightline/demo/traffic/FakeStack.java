package dev.sightline.demo.traffic;

import dev.sightline.demo.client.WatchedModel;
import dev.sightline.demo.http.LoopbackServer;
import dev.sightline.demo.http.Reply;
import dev.sightline.demo.http.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A gateway with a model that calls everything positive, and a server that takes truths and lines;
/// both keep what they are sent.
public final class FakeStack implements AutoCloseable {
  /// The bodies of calls, as they came.
  public final List<String> calls = new CopyOnWriteArrayList<>();

  public final Map<String, String> truths = new ConcurrentHashMap<>();
  public final List<String> authorizations = new CopyOnWriteArrayList<>();

  /// The bodies of pushes of lines that were answered with 204.
  public final List<String> pushes = new CopyOnWriteArrayList<>();

  public volatile boolean givesIds = true;

  /// What a push of lines is answered with.
  public volatile int pushStatus = 204;

  /// How many pushes were answered with something else.
  public final AtomicLong refusedPushes = new AtomicLong();

  private final AtomicLong ids = new AtomicLong();
  private final LoopbackServer gateway = LoopbackServer.start("fake-gateway", 1 << 20, this::call);
  private final LoopbackServer server = LoopbackServer.start("fake-server", 1 << 20, this::truth);

  public URI gatewayUri() {
    return gateway.uri();
  }

  public URI serverUri() {
    return server.uri();
  }

  public WatchedModel model(@Nullable String token) {
    return new WatchedModel(gateway.uri(), "/predict", server.uri(), "sentiment", token);
  }

  @Override
  public void close() {
    gateway.close();
    server.close();
  }

  private Reply call(Request request) {
    if (!request.path().endsWith("/predict") || !request.method().equals("POST")) {
      return Reply.of(404, Reply.JSON, "{}");
    }
    JsonNode body = JsonMapper.shared().readTree(request.body());
    calls.add(new String(request.body(), StandardCharsets.UTF_8));
    Map<String, String> id =
        givesIds ? Map.of("X-Request-Id", "id-" + ids.incrementAndGet()) : Map.of();
    if (body.findValue("data") != null && body.findValue("data").path(0).path(0).isNull()) {
      return new Reply(
          500,
          Reply.JSON,
          id,
          "{\"error_code\": \"INTERNAL_ERROR\"}".getBytes(StandardCharsets.UTF_8));
    }
    String answer =
        """
        {"predictions": [{"label": "positive", "confidence": 0.75,
                          "probabilities": {"positive": 0.75, "negative": 0.25}}]}""";
    return new Reply(200, Reply.JSON, id, answer.getBytes(StandardCharsets.UTF_8));
  }

  private Reply push(Request request) {
    if (pushStatus == 204) {
      pushes.add(new String(request.body(), StandardCharsets.UTF_8));
    } else {
      refusedPushes.incrementAndGet();
    }
    return Reply.of(pushStatus, Reply.TEXT, "");
  }

  private Reply truth(Request request) {
    if (request.path().equals("/loki/api/v1/push")) {
      return push(request);
    }
    if (!request.path().equals("/api/models/v1/sentiment/ground-truth")) {
      return Reply.of(404, Reply.JSON, "{\"error\": \"unknown path\"}");
    }
    String authorization = request.header("Authorization");
    authorizations.add(authorization == null ? "" : authorization);
    JsonNode body = JsonMapper.shared().readTree(request.body());
    for (JsonNode truth : body) {
      truths.put(truth.get("id").asString(), truth.get("value").asString());
    }
    String answer =
        "{\"joined\": %d, \"waiting\": 0, \"corrected\": 0, \"rejected\": []}"
            .formatted(body.size());
    return Reply.of(200, Reply.JSON, answer);
  }
}
