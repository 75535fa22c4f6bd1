package dev.sightline.demo.scoring;

import dev.sightline.demo.http.LoopbackServer;
import dev.sightline.demo.http.Reply;
import dev.sightline.demo.http.Request;
import dev.sightline.demo.sentiment.SentimentModel;
import dev.sightline.demo.sentiment.Verdict;
import dev.sightline.model.log.LineSink;
import dev.sightline.model.time.Clock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Serves the sentiment model by the scoring protocol of MLflow.
///
/// `POST /invocations` answers `{"predictions": [{"label", "confidence", "probabilities"}]}`, one
/// for each row. A row whose text is null makes the model raise: the whole call is answered 500.
/// [ScoringInput] lists the forms of the rows, `docs/demo.md` where this server differs from
/// MLflow's.
public final class DemoModelServer implements AutoCloseable {
  /// Longer bodies are answered 413.
  public static final int BODY_LIMIT_BYTES = 1 << 20;

  /// The release of MLflow whose protocol this is.
  private static final String MLFLOW_VERSION = "3.17.2";

  private static final Set<String> PROBES = Set.of("/ping", "/health", "/version");

  private static final double NS_PER_MS = 1e6;

  /// A longer one is no id, and is not kept.
  private static final int LONGEST_ID = 256;

  /// What a scoring call is answered, and why, if it failed.
  private record Outcome(Reply reply, int rows, @Nullable RuntimeException failure) {}

  private final SentimentModel model;
  private final String name;
  private final LineSink lines;
  private final Clock clock;
  private final LoopbackServer server;

  private DemoModelServer(SentimentModel model, String name, LineSink lines, Clock clock) {
    this.model = model;
    this.name = name;
    this.lines = lines;
    this.clock = clock;
    this.server = LoopbackServer.start("demo-model", BODY_LIMIT_BYTES, this::answer);
  }

  /// Listens on a free port of 127.0.0.1 when it returns.
  ///
  /// @param name of the model, in its lines
  /// @param lines takes one about each scoring call
  public static DemoModelServer start(
      SentimentModel model, String name, LineSink lines, Clock clock) {
    return new DemoModelServer(model, name, lines, clock);
  }

  /// What a gateway is given as the upstream of the model.
  public URI uri() {
    return server.uri();
  }

  @Override
  public void close() {
    server.close();
  }

  private Reply answer(Request request) {
    boolean probe = PROBES.contains(request.path());
    if (!probe && !request.path().equals("/invocations")) {
      return Reply.of(404, Reply.JSON, ScoringOutput.detail("Not Found"));
    }
    String method = probe ? "GET" : "POST";
    if (!request.method().equals(method)) {
      byte[] body = ScoringOutput.detail("Method Not Allowed");
      return new Reply(405, Reply.JSON, Map.of("Allow", method), body);
    }
    if (!probe) {
      return invocations(request);
    }
    return Reply.of(200, Reply.JSON, request.path().equals("/version") ? MLFLOW_VERSION : "\n");
  }

  private Reply invocations(Request request) {
    long startNs = clock.monotonicNs();
    Outcome outcome = outcome(request);
    String id = Objects.requireNonNullElse(request.header("X-Request-Id"), "");
    lines.offer(
        clock.nowMs(),
        new CallLine(
            name,
            id.length() > LONGEST_ID ? "" : id,
            outcome.reply.status(),
            outcome.rows,
            (clock.monotonicNs() - startNs) / NS_PER_MS,
            outcome.failure));
    return outcome.reply;
  }

  private Outcome outcome(Request request) {
    String contentType = request.header("Content-Type");
    MediaType type = MediaType.parse(contentType == null ? "" : contentType);
    String refusal = refusal(type);
    if (refusal != null) {
      return new Outcome(Reply.of(415, Reply.TEXT, refusal), 0, null);
    }
    try {
      List<Verdict> verdicts = judge(texts(type, request.body()));
      Reply reply = Reply.of(200, Reply.JSON, ScoringOutput.predictions(verdicts));
      return new Outcome(reply, verdicts.size(), null);
    } catch (ScoringException failure) {
      return failed(failure, failure.code(), String.valueOf(failure.getMessage()), null);
    } catch (RuntimeException failure) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      String message = "The model failed on this input in a way that nobody foresaw.";
      return failed(failure, ErrorCode.BAD_REQUEST, message, trace.toString());
    }
  }

  private static @Nullable String refusal(MediaType type) {
    if (!type.parameters().getOrDefault("charset", "utf-8").equals("utf-8")) {
      return "Only UTF-8 is understood here, not " + type.parameters().get("charset") + ".";
    }
    for (String name : type.parameters().keySet()) {
      if (!name.equals("charset")) {
        return "The content type has a parameter that is not understood here: " + name + ".";
      }
    }
    return switch (type.name()) {
      case "application/json", "text/csv" -> null;
      default ->
          "Only application/json and text/csv are understood here, not '" + type.name() + "'.";
    };
  }

  private static List<@Nullable String> texts(MediaType type, byte[] body) {
    if (type.name().equals("application/json")) {
      return ScoringInput.ofJson(body);
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(body);
      return ScoringInput.ofCsv(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException _) {
      throw new ScoringException(ErrorCode.BAD_REQUEST, "The CSV is not UTF-8.");
    }
  }

  private List<Verdict> judge(List<@Nullable String> texts) {
    List<Verdict> verdicts = new ArrayList<>();
    for (String text : texts) {
      if (text == null) {
        throw new ScoringException(
            ErrorCode.INTERNAL_ERROR,
            "The model raised on row %d: there is no text to judge."
                .formatted(verdicts.size() + 1));
      }
      verdicts.add(model.judge(text));
    }
    return verdicts;
  }

  private static Outcome failed(
      RuntimeException failure, ErrorCode code, String message, @Nullable String stackTrace) {
    byte[] body = ScoringOutput.error(code, message, stackTrace);
    return new Outcome(Reply.of(code.status(), Reply.JSON, body), 0, failure);
  }
}
