package dev.sightline.demo.sink;

import dev.sightline.demo.http.LoopbackServer;
import dev.sightline.demo.http.Reply;
import dev.sightline.demo.http.Request;
import dev.sightline.model.time.Clock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Takes mails and web hooks on free ports of this machine, keeps the newest in memory, and passes
/// nothing on.
public final class MessageSink implements AutoCloseable {
  private static final String PATH = "/hook";
  private static final int MAX_BODY_BYTES = 1 << 20;
  private static final JsonMapper JSON = new JsonMapper();

  private final KeptMessages kept;
  private final MailSink mails;
  private final LoopbackServer hooks;

  private MessageSink(Clock clock) {
    kept = new KeptMessages(clock);
    mails = MailSink.start(kept);
    hooks = LoopbackServer.start("demo-hooks", MAX_BODY_BYTES, this::take);
  }

  public static MessageSink start(Clock clock) {
    return new MessageSink(clock);
  }

  /// Where it takes mails, on 127.0.0.1.
  public int mailPort() {
    return mails.port();
  }

  /// Where it takes web hooks.
  public URI hookUri() {
    return hooks.uri().resolve(PATH);
  }

  /// Newest first.
  public List<SinkMessage> messages() {
    return kept.newestFirst();
  }

  private Reply take(Request request) {
    if (!request.path().equals(PATH)) {
      return Reply.of(404, Reply.TEXT, "Not Found");
    }
    if (!request.method().equals("POST")) {
      return Reply.of(405, Reply.TEXT, "Method Not Allowed");
    }
    String body = new String(request.body(), StandardCharsets.UTF_8);
    String subject = subject(body);
    if (subject == null) {
      return Reply.of(400, Reply.TEXT, "The body is not the JSON of a web hook");
    }
    String caller = Objects.requireNonNullElse(request.header("User-Agent"), "");
    kept.add(SinkMessage.Kind.WEBHOOK, caller, List.of(PATH), subject, null, null, body);
    return Reply.of(200, Reply.JSON, "{}");
  }

  /// Written as a mail's: `[FIRING:2] HighErrorRate sentiment`.
  ///
  /// @return null if this is no notification
  private static @Nullable String subject(String body) {
    try {
      JsonNode hook = JSON.readTree(body);
      if (!hook.path("alerts").isArray()) {
        return null;
      }
      long firing =
          hook.path("alerts")
              .valueStream()
              .filter(alert -> alert.path("status").asString("").equals("firing"))
              .count();
      StringBuilder subject =
          new StringBuilder(firing > 0 ? "[FIRING:" + firing + "]" : "[RESOLVED]");
      hook.path("groupLabels")
          .valueStream()
          .forEach(value -> subject.append(' ').append(value.asString("")));
      return subject.toString();
    } catch (JacksonException _) {
      return null;
    }
  }

  @Override
  public void close() {
    mails.close();
    hooks.close();
  }
}
