package dev.sightline.api.loki;

import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Conversation;
import dev.sightline.api.json.JsonWriter;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.model.log.LogArrivals.Lost;
import dev.sightline.model.query.LogAnswer.Entry;
import dev.sightline.model.query.LogTails;
import dev.sightline.model.query.LogTails.Piece;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// Tells one client what a tail yields, in the frames of Loki's protocol.
final class TailTalk {
  /// Of RFC 6455: the server met something that keeps it from going on.
  private static final int UNEXPECTED = 1011;

  private static final int NORMAL = 1000;
  private static final Duration PING_PERIOD = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  /// Clients have limits of their own for messages, commonly a mebibyte.
  private static final int MESSAGE_BYTES = 256 << 10;

  private final LogTails tails;
  private final QueryPool pool;
  private final Clock clock;
  private final boolean categorized;

  TailTalk(LogTails tails, QueryPool pool, Clock clock, boolean categorized) {
    this.tails = tails;
    this.pool = pool;
    this.clock = clock;
    this.categorized = categorized;
  }

  void hold(Conversation.Socket socket, String query, LogTails.Request request)
      throws IOException, InterruptedException {
    try (LogTails.Tail tail = tails.tail(query, request)) {
      tell(socket, pool.run(socket::isOpen, () -> first(tail)));
      long startNs = clock.monotonicNs();
      long heardNs = startNs;
      while (socket.isOpen()) {
        Piece piece = tail.next(PING_PERIOD);
        tell(socket, piece);
        long nowNs = clock.monotonicNs();
        if (nowNs - heardNs >= PING_PERIOD.toNanos()) {
          socket.ping();
          heardNs = nowNs;
        }
        if (nowNs - startNs > LONGEST.toNanos()) {
          socket.close(NORMAL, "reached tail max duration limit");
        }
      }
    } catch (QueryException failure) {
      socket.close(UNEXPECTED, String.valueOf(failure.getMessage()));
    } catch (ApiException overloaded) {
      socket.close(UNEXPECTED, overloaded.error().message());
    }
  }

  private static Piece first(LogTails.Tail tail) {
    try {
      return tail.next(Duration.ZERO);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new QueryException.Canceled("the tail was canceled");
    }
  }

  private void tell(Conversation.Socket socket, Piece piece) throws IOException {
    int from = 0;
    List<Entry> entries = piece.entries();
    List<Lost> lost = piece.lost();
    while (from < entries.size() || !lost.isEmpty()) {
      int to = from;
      for (long bytes = 0; to < entries.size() && bytes < MESSAGE_BYTES; to++) {
        bytes += entries.get(to).line().length() + 100L;
      }
      socket.send(message(entries.subList(from, to), lost));
      lost = List.of();
      from = to;
    }
  }

  private String message(List<Entry> entries, List<Lost> lost) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonWriter json = new JsonWriter(out);
    json.beginObject().name("streams");
    LinesWriter.streams(json, entries, categorized);
    if (!lost.isEmpty()) {
      json.name("dropped_entries").beginArray();
      for (Lost one : lost) {
        json.beginObject().name("labels");
        LinesWriter.labels(json, one.stream());
        json.name("timestamp").value(Long.toString(one.timestampNs())).endObject();
      }
      json.endArray();
    }
    if (categorized) {
      json.name("encodingFlags").beginArray().value("categorize-labels").endArray();
    }
    json.endObject().flush();
    return out.toString(StandardCharsets.UTF_8);
  }
}
