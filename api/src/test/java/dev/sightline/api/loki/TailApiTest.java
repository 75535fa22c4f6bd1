package dev.sightline.api.loki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.logql.eval.LogQueryEngine;
import dev.sightline.logql.eval.LogQueryLimits;
import dev.sightline.logql.eval.LogTailer;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogBatch;
import dev.sightline.script.memory.MemoryLogs;
import dev.sightline.testkit.FakeClock;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TailApiTest {
  private static final long NOW_MS = 1_700_000_000_000L;

  private final MemoryLogs logs = new MemoryLogs();
  private final QueryPool pool = new QueryPool(QueryPool.Limits.DEFAULT);
  private final HttpClient client = HttpClient.newHttpClient();
  private final TestServer server = new TestServer(routes());

  private Routes routes() {
    FakeClock clock = new FakeClock(NOW_MS);
    LogQueryEngine queries = new LogQueryEngine(logs, LogQueryLimits.DEFAULT, clock);
    LogTailer tails = new LogTailer(logs, logs, LogQueryLimits.DEFAULT, clock);
    Routes routes = new Routes();
    new TailApi(tails, queries, pool, clock).addTo(routes);
    return routes;
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    pool.close();
  }

  /// What a client hears: messages, and at last how it ended.
  private static final class Ear implements WebSocket.Listener {
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        heard.add(message.toString());
        message.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      heard.add(code + " " + reason);
      return null;
    }

    String next() throws InterruptedException {
      String next = heard.poll(60, TimeUnit.SECONDS);
      return next == null ? "nothing" : next;
    }
  }

  private void push(long secondsAgo, String line) {
    LogBatch batch = new LogBatch();
    batch.add(
        Labels.of("app", "scorer"),
        (NOW_MS / 1_000 - secondsAgo) * 1_000_000_000L,
        line.getBytes(StandardCharsets.UTF_8),
        Labels.of("pod", "p1"));
    logs.append(batch);
  }

  private static String path(String query) {
    return "/loki/api/v1/tail?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  private WebSocket tail(Ear ear, String query, String... headers) {
    WebSocket.Builder builder = client.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    URI uri = URI.create("ws://127.0.0.1:" + server.port() + path(query));
    return builder.buildAsync(uri, ear).join();
  }

  @Test
  void tellsWhatIsThereAndThenWhatComes() throws Exception {
    push(60, "old");
    Ear ear = new Ear();
    WebSocket socket = tail(ear, "{app=\"scorer\"}");
    assertThat(ear.next())
        .isEqualTo(
            """
            {"streams":[{"stream":{"app":"scorer","pod":"p1"},"values":[["1699999940000000000","old"]]}]}""");
    push(1, "level=error");
    assertThat(ear.next())
        .isEqualTo(
            """
            {"streams":[{"stream":{"app":"scorer","pod":"p1"},"values":[["1699999999000000000","level=error"]]}]}""");
    socket.sendText("what a client says is not heard", true).join();
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "enough").join();
    assertThat(ear.next()).startsWith("1000");
  }

  @Test
  void labelsOfLinesStandBesideThemForThoseWhoAsk() throws Exception {
    push(60, "took=5");
    Ear ear = new Ear();
    WebSocket socket =
        tail(
            ear,
            "{app=\"scorer\"} | logfmt",
            "X-Loki-Response-Encoding-Flags",
            "categorize-labels");
    assertThat(ear.next())
        .isEqualTo(
            """
            {"streams":[{"stream":{"app":"scorer"},"values":[["1699999940000000000","took=5",\
            {"structuredMetadata":{"pod":"p1"},"parsed":{"took":"5"}}]]}],"encodingFlags":["categorize-labels"]}""");
    socket.abort();
  }

  @Test
  void numbersCannotBeFollowed() throws Exception {
    Ear ear = new Ear();
    tail(ear, "rate({app=\"scorer\"}[1m])");
    assertThat(ear.next()).startsWith("1011 ").contains("only log selector is supported");
  }

  @Test
  void theEndOfTheServerIsTold() throws Exception {
    push(60, "old");
    Ear ear = new Ear();
    tail(ear, "{app=\"scorer\"}");
    assertThat(ear.next()).contains("old");
    server.close();
    assertThat(ear.next()).isEqualTo("1001 the server is stopping");
  }

  @Test
  void whatCannotBeFollowedIsSaidBeforeTheHandshake() {
    assertThat(server.get(path("{app=}")).statusCode()).isEqualTo(400);
    assertThat(server.get(path("{app=}")).body()).startsWith("parse error at line 1, col 6");
    assertThat(server.get(path("{app=\"a\"}") + "&delay_for=6").body())
        .isEqualTo("delay_for can't be greater than 5");
    assertThat(server.get(path("{app=\"a\"}")).body()).contains("Upgrade: websocket");
  }

  @Test
  void pagesOfOtherSitesMayNotListen() {
    assertThatThrownBy(() -> tail(new Ear(), "{app=\"scorer\"}", "Origin", "https://evil.example"))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(WebSocketHandshakeException.class)
        .satisfies(
            failure ->
                assertThat(
                        ((WebSocketHandshakeException) failure.getCause())
                            .getResponse()
                            .statusCode())
                    .isEqualTo(403));
  }
}
