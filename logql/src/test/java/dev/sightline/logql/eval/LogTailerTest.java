package dev.sightline.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogBatch;
import dev.sightline.model.query.LogAnswer.Entry;
import dev.sightline.model.query.LogTails.Piece;
import dev.sightline.model.query.LogTails.Request;
import dev.sightline.model.query.LogTails.Tail;
import dev.sightline.model.query.QueryException;
import dev.sightline.script.memory.MemoryLogs;
import dev.sightline.testkit.FakeClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogTailerTest {
  private static final Duration NOT_AT_ALL = Duration.ZERO;

  private final MemoryLogs logs = new MemoryLogs();
  private final FakeClock clock = new FakeClock(1_000);
  private final LogTailer tailer = new LogTailer(logs, logs, LogQueryLimits.DEFAULT, clock);

  private void push(String app, long timestampNs, String line) {
    LogBatch batch = new LogBatch();
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    batch.add(Labels.of("app", app), timestampNs, bytes, Labels.EMPTY);
    logs.append(batch);
  }

  private Tail tail(String query, int limit, Duration delay) {
    return tailer.tail(query, new Request(0, limit, delay));
  }

  private static List<String> next(Tail tail) throws InterruptedException {
    return tail.next(NOT_AT_ALL).entries().stream().map(Entry::line).toList();
  }

  @Test
  void showsTheNewestThatAreThereAndThenWhatComes() throws Exception {
    push("a", 10, "old");
    push("b", 20, "other");
    push("a", 30, "new");
    push("a", 40, "newest");
    try (Tail tail = tail("{app=\"a\"}", 2, Duration.ZERO)) {
      assertThat(next(tail)).containsExactly("new", "newest");
      push("b", 50, "of another stream");
      push("a", 45, "live");
      assertThat(next(tail)).isEmpty();
      assertThat(next(tail)).containsExactly("live");
      assertThat(next(tail)).isEmpty();
    }
  }

  @Test
  void whatArrivesWhileItBeginsComesOnce() throws Exception {
    try (Tail tail = tail("{app=\"a\"}", 10, Duration.ZERO)) {
      push("a", 10, "between");
      assertThat(next(tail)).containsExactly("between");
      assertThat(next(tail)).isEmpty();
      push("a", 20, "after");
      assertThat(next(tail)).containsExactly("after");
    }
  }

  @Test
  void pipelinesFilterAndParse() throws Exception {
    try (Tail tail = tail("{app=\"a\"} | logfmt | level=\"error\"", 10, Duration.ZERO)) {
      assertThat(next(tail)).isEmpty();
      push("a", 10, "level=info");
      push("a", 20, "level=error code=7");
      assertThat(next(tail)).isEmpty();
      Piece piece = tail.next(NOT_AT_ALL);
      assertThat(piece.entries().getFirst().parsed())
          .isEqualTo(Labels.of("code", "7", "level", "error"));
    }
  }

  @Test
  void linesThatAreHeldBackComeInOrder() throws Exception {
    try (Tail tail = tail("{app=\"a\"}", 10, Duration.ofSeconds(2))) {
      assertThat(next(tail)).isEmpty();
      push("a", 20, "second");
      assertThat(next(tail)).isEmpty();
      clock.advance(Duration.ofSeconds(1));
      push("a", 10, "first");
      push("a", 30, "third");
      assertThat(next(tail)).isEmpty();
      assertThat(next(tail)).isEmpty();
      clock.advance(Duration.ofSeconds(1));
      assertThat(next(tail)).containsExactly("first", "second");
      clock.advance(Duration.ofSeconds(1));
      assertThat(next(tail)).containsExactly("third");
    }
  }

  @Test
  void whatIsLostIsTold() throws Exception {
    try (Tail tail = tail("{app=\"a\"}", 10, Duration.ZERO)) {
      assertThat(next(tail)).isEmpty();
      for (int i = 0; i < 10; i++) {
        push("a", i, "line " + i);
      }
      List<String> seen = new ArrayList<>();
      List<Long> lost = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        Piece piece = tail.next(NOT_AT_ALL);
        piece.entries().forEach(entry -> seen.add(entry.line()));
        piece.lost().forEach(one -> lost.add(one.timestampNs()));
      }
      assertThat(seen).containsExactly("line 0", "line 1", "line 2", "line 3");
      assertThat(lost).containsExactly(4L, 5L, 6L, 7L, 8L, 9L);
    }
  }

  @Test
  void numbersCannotBeFollowed() {
    assertThatThrownBy(() -> tail("rate({app=\"a\"}[1m])", 10, Duration.ZERO))
        .isInstanceOf(QueryException.BadQuery.class)
        .hasMessageContaining("only log selector is supported");
  }
}
