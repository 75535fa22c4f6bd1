package dev.sightline.api.loki;

import static dev.sightline.api.http.Parameter.optional;
import static dev.sightline.api.http.Parameter.required;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.Conversation;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.model.query.LogQueries;
import dev.sightline.model.query.LogTails;
import dev.sightline.model.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Loki's `tail`: what a log query finds, and then what arrives, over a WebSocket.
public final class TailApi {
  private static final int MOST_TAILS = 10;
  private static final int DEFAULT_LIMIT = 100;
  private static final int MOST_DELAY_SECONDS = 5;
  private static final Duration DEFAULT_SPAN = Duration.ofHours(1);

  private final LogTails tails;
  private final LogQueries queries;
  private final QueryPool pool;
  private final Clock clock;
  private final AtomicInteger running = new AtomicInteger();

  public TailApi(LogTails tails, LogQueries queries, QueryPool pool, Clock clock) {
    this.tails = tails;
    this.queries = queries;
    this.pool = pool;
    this.clock = clock;
  }

  public void addTo(Routes routes) {
    List<Parameter> parameters =
        List.of(
            required("query", Parameter.Type.STRING, "LogQL that yields lines"),
            optional(
                "delay_for", Parameter.Type.INTEGER, "Seconds that lines are held back; at most 5"),
            optional(
                "limit", Parameter.Type.INTEGER, "The most lines that are there; 100 where absent"),
            LogQueryApi.START);
    for (String path : List.of("/loki/api/v1/tail", "/api/prom/tail")) {
      routes.add(
          new Route(
              "GET",
              PathTemplate.of(path),
              Permission.QUERY,
              "Log lines as they arrive, over a WebSocket",
              parameters,
              LokiErrors.plain(this::tail)));
    }
  }

  private Reply tail(Call call) {
    String query = call.parameter("query");
    String text = query == null ? "" : query;
    queries.format(text);
    int limit = LokiParameters.limit(call, DEFAULT_LIMIT);
    long nowNs = clock.nowMs() * LogQueryApi.NS_PER_MS;
    long startNs = LokiParameters.timeNs(call, "start", nowNs - DEFAULT_SPAN.toNanos());
    LogTails.Request request = new LogTails.Request(startNs, limit, delay(call));
    if (!call.asksForWebSocket()) {
      throw LokiErrors.bad("this is answered over a WebSocket: the call has no Upgrade: websocket");
    }
    if (running.get() >= MOST_TAILS) {
      throw LokiErrors.bad(
          "max concurrent tail requests limit exceeded, count > limit (%d > %d)"
              .formatted(running.get() + 1, MOST_TAILS));
    }
    boolean categorized = LogQueryApi.isCategorized(call);
    return Reply.conversation(socket -> hold(socket, text, request, categorized));
  }

  private static Duration delay(Call call) {
    String text = call.parameter("delay_for");
    if (text == null || text.isEmpty()) {
      return Duration.ZERO;
    }
    try {
      int seconds = Integer.parseInt(text);
      if (seconds >= 0 && seconds <= MOST_DELAY_SECONDS) {
        return Duration.ofSeconds(seconds);
      }
    } catch (NumberFormatException _) {
      throw LokiErrors.bad("delay_for must be a whole number of seconds, not \"" + text + '"');
    }
    throw LokiErrors.bad("delay_for can't be greater than " + MOST_DELAY_SECONDS);
  }

  private void hold(
      Conversation.Socket socket, String query, LogTails.Request request, boolean categorized)
      throws java.io.IOException, InterruptedException {
    running.incrementAndGet();
    try {
      new TailTalk(tails, pool, clock, categorized).hold(socket, query, request);
    } finally {
      running.decrementAndGet();
    }
  }
}
