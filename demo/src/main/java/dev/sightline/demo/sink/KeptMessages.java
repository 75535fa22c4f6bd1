package dev.sightline.demo.sink;

import dev.sightline.demo.sink.SinkMessage.Kind;
import dev.sightline.model.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The newest messages, as many as a bounded memory holds.
///
/// Safe for any number of threads.
final class KeptMessages {
  static final int MAX_MESSAGES = 200;
  static final long MAX_CHARACTERS = 8 << 20;

  private final Clock clock;

  // guarded by this
  private final Deque<SinkMessage> newestFirst = new ArrayDeque<>();
  private long characters;
  private long count;

  KeptMessages(Clock clock) {
    this.clock = clock;
  }

  synchronized void add(
      Kind kind,
      String from,
      List<String> to,
      String subject,
      @Nullable String text,
      @Nullable String html,
      @Nullable String body) {
    String id = String.valueOf(++count);
    SinkMessage message =
        new SinkMessage(id, clock.nowMs(), kind, from, to, subject, text, html, body);
    newestFirst.addFirst(message);
    characters += message.characters();
    while (newestFirst.size() > 1
        && (newestFirst.size() > MAX_MESSAGES || characters > MAX_CHARACTERS)) {
      characters -= newestFirst.removeLast().characters();
    }
  }

  synchronized List<SinkMessage> newestFirst() {
    return List.copyOf(newestFirst);
  }
}
