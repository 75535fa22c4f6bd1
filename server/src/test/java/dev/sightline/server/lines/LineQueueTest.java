package dev.sightline.server.lines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LineSink;
import dev.sightline.model.log.LogBatch;
import dev.sightline.model.log.LogSink;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LineQueueTest {
  private static final long NOW_MS = 1_700_000_000_000L;

  private final MeterRegistry meters = new MeterRegistry();
  private final MemoryLogs logs = new MemoryLogs();

  private record Said(String text) implements LineSink.Line {
    @Override
    public Labels stream() {
      return Labels.of("level", "info", "service", "test");
    }

    @Override
    public Labels metadata() {
      return Labels.EMPTY;
    }
  }

  /// Keeps `stream line metadata`.
  private static final class MemoryLogs implements LogSink {
    final Queue<String> kept = new ConcurrentLinkedQueue<>();
    final Queue<Long> timesNs = new ConcurrentLinkedQueue<>();
    volatile boolean full;

    @Override
    public Outcome append(LogBatch batch) {
      if (full) {
        throw new StoreUnavailableException("full", new IllegalStateException());
      }
      for (int i = 0; i < batch.size(); i++) {
        String line = new String(batch.line(i), StandardCharsets.UTF_8);
        kept.add(batch.stream(i) + " " + line + " " + batch.metadata(i));
        timesNs.add(batch.timestampNs(i));
      }
      return new Outcome(batch.size(), List.of(), 0);
    }
  }

  private double dropped(String reason) {
    return meters.read().stream()
        .filter(family -> family.name().equals("sightline_own_lines_dropped_total"))
        .flatMap(family -> family.samples().stream())
        .filter(sample -> sample.labels().get("reason").equals(reason))
        .mapToDouble(sample -> sample.value())
        .sum();
  }

  @Test
  void whatIsSaidBeforeTheStoreIsOpenIsWrittenThenAndTheLastLinesAtTheEnd() {
    try (LineQueue lines = new LineQueue(meters)) {
      lines.offer(NOW_MS, new Said("early"));
      lines.open(logs);
      lines.offer(NOW_MS, new Said("late"));
      lines.offer(NOW_MS, new Said("late"));
    }
    assertThat(logs.kept).hasSize(3).allMatch(line -> line.contains("service=\"test\""));
    assertThat(logs.timesNs).as("equal lines are not one").doesNotHaveDuplicates();
  }

  @Test
  void aFullQueueDropsAndCountsAndHoldsNobodyUp() {
    int room = 8_192;
    try (LineQueue lines = new LineQueue(meters)) {
      for (int i = 0; i < room + 5; i++) {
        lines.offer(NOW_MS, new Said("line " + i));
      }
      assertThat(dropped("queue_full")).isEqualTo(5);
      lines.open(logs);
    }
    assertThat(logs.kept).hasSize(room);
  }

  @Test
  void aStoreThatTakesNothingCostsTheseLinesOnly() {
    logs.full = true;
    try (LineQueue lines = new LineQueue(meters)) {
      lines.open(logs);
      lines.offer(NOW_MS, new Said("lost"));
    }
    assertThat(dropped("store_unavailable")).isEqualTo(1);
  }

  @Test
  void withoutAStoreItEndsAtOnce() {
    try (LineQueue lines = new LineQueue(meters)) {
      lines.offer(NOW_MS, new Said("never"));
    }
    assertThat(dropped("no_store")).isEqualTo(1);
  }

  /// A store that logs about each line would otherwise have more to write with each line.
  @Test
  void whatIsLoggedIsWrittenUnlessTheStoreItselfSaysIt() {
    Logger chatty = LoggerFactory.getLogger("dev.sightline.test");
    LogSink talking =
        batch -> {
          chatty.warn("on the writer's own thread");
          return logs.append(batch);
        };
    try (LineQueue lines = new LineQueue(meters);
        StoreAppender _ = StoreAppender.attach(lines)) {
      lines.open(talking);
      LoggerFactory.getLogger("dev.sightline.logstore.Head").warn("from the store");
      chatty.error("it failed", new IllegalStateException("because"));
    }
    assertThat(logs.kept).hasSize(1);
    assertThat(logs.kept.element())
        .contains("level=\"error\"", "service=\"sightline\"", "logger=\"dev.sightline.test\"")
        .contains("it failed\njava.lang.IllegalStateException: because\n", "at dev.sightline");
  }
}
