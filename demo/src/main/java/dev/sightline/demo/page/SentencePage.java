package dev.sightline.demo.page;

import dev.sightline.demo.client.CallOutcome;
import dev.sightline.demo.client.CallOutcome.Answered;
import dev.sightline.demo.client.CallOutcome.Unanswered;
import dev.sightline.demo.client.ModelClient;
import dev.sightline.demo.client.Truth;
import dev.sightline.demo.client.TruthReceipt;
import dev.sightline.demo.client.WatchedModel;
import dev.sightline.demo.http.LoopbackServer;
import dev.sightline.demo.http.Reply;
import dev.sightline.demo.http.Request;
import dev.sightline.demo.sentiment.HeldOutAccuracy;
import dev.sightline.demo.sentiment.Sentiment;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.SystemClock;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A page on which one types a sentence, sees what the model says of it, and says whether that was
/// right.
///
/// | Path          | Body            | Answer                                                    |
/// |---------------|-----------------|-----------------------------------------------------------|
/// | `GET /`       |                 | the page; its parts lie beside this class                 |
/// | `GET /about`  |                 | `{accuracy, server}`                                      |
/// | `POST /judge` | `{text}`        | `{id, label, confidence, probabilities, latency_ms}`      |
/// | `POST /truth` | `{id, value}`   | `{joined, waiting}`                                       |
///
/// The page's own server calls the gateway and the main server, so that neither has to let in
/// scripts of other origins. A failure is answered `{error}`: 400 for the caller's, 502 for theirs.
public final class SentencePage implements AutoCloseable {
  private static final int BODY_LIMIT_BYTES = 64 << 10;
  private static final int LONGEST_TEXT = 2_000;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final WatchedModel model;
  private final HeldOutAccuracy accuracy;
  private final Clock clock = new SystemClock();
  private final ModelClient client;
  private final PageFiles files = new PageFiles();
  private final LoopbackServer server;

  private SentencePage(WatchedModel model, HeldOutAccuracy accuracy) {
    this.model = model;
    this.accuracy = accuracy;
    this.client = new ModelClient(model);
    this.server = LoopbackServer.start("demo-page", BODY_LIMIT_BYTES, this::answer);
  }

  /// Listens on a free port of 127.0.0.1 when it returns.
  public static SentencePage start(WatchedModel model, HeldOutAccuracy accuracy) {
    return new SentencePage(model, accuracy);
  }

  /// What a person opens.
  public URI uri() {
    return server.uri().resolve("/");
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }

  private Reply answer(Request request) {
    if (!SameOrigin.holds(request)) {
      return error(403, "This page answers its own scripts only, on this machine.");
    }
    try {
      return switch (request.method() + " " + request.path()) {
        case "GET /about" -> json(200, about());
        case "POST /judge" -> judge(body(request));
        case "POST /truth" -> truth(body(request));
        default -> files.answer(request);
      };
    } catch (JacksonException failure) {
      return error(400, "The body is not JSON: " + failure.getOriginalMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return error(502, "The demo is stopping.");
    }
  }

  private ObjectNode about() {
    return JSON.createObjectNode()
        .put("accuracy", accuracy.toString())
        .put("server", model.server().toString());
  }

  private Reply judge(JsonNode body) throws InterruptedException {
    String text = body.path("text").asString("").strip();
    if (text.isEmpty() || text.length() > LONGEST_TEXT) {
      return error(400, "Type a sentence of 1 to " + LONGEST_TEXT + " characters.");
    }
    ObjectNode call = JSON.createObjectNode();
    call.putArray("dataframe_records")
        .addObject()
        .put("text", text)
        .put("channel", "page")
        .put("words", text.split("\\s+", -1).length);
    long startNs = clock.monotonicNs();
    CallOutcome outcome = client.call(JSON.writeValueAsBytes(call));
    double latencyMs = (clock.monotonicNs() - startNs) / 1e6;
    return switch (outcome) {
      case Answered answer when answer.status() == 200 -> verdict(answer, latencyMs);
      case Answered answer -> error(502, "The model answered " + answer.status() + ".");
      case Unanswered(String reason) -> error(502, "The gateway cannot be reached: " + reason);
    };
  }

  private static Reply verdict(Answered answer, double latencyMs) {
    JsonNode prediction = JSON.readTree(answer.body()).path("predictions").path(0);
    if (!prediction.isObject()) {
      return error(502, "The model answered without a prediction.");
    }
    ObjectNode verdict = JSON.createObjectNode().put("id", answer.requestId());
    verdict.setAll((ObjectNode) prediction);
    return json(200, verdict.put("latency_ms", latencyMs));
  }

  private Reply truth(JsonNode body) throws InterruptedException {
    String id = body.path("id").asString("");
    String value = body.path("value").asString("");
    if (id.isEmpty()
        || Arrays.stream(Sentiment.values()).noneMatch(one -> one.label().equals(value))) {
      return error(400, "A truth is an id and 'positive' or 'negative'.");
    }
    TruthReceipt receipt = client.report(List.of(new Truth(id, value)));
    if (receipt.taken() == 0) {
      return error(502, "The server did not take it: " + receipt.problem());
    }
    return json(
        200,
        JSON.createObjectNode()
            .put("joined", receipt.joined() + receipt.corrected())
            .put("waiting", receipt.waiting()));
  }

  private static JsonNode body(Request request) {
    return JSON.readTree(request.body());
  }

  private static Reply error(int status, String message) {
    return json(status, JSON.createObjectNode().put("error", message));
  }

  private static Reply json(int status, ObjectNode body) {
    return new Reply(status, Reply.JSON, PageFiles.HEADERS, JSON.writeValueAsBytes(body));
  }
}
