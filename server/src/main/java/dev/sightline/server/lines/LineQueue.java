package dev.sightline.server.lines;

import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LineSink;
import dev.sightline.model.log.LogBatch;
import dev.sightline.model.log.LogSink;
import dev.sightline.model.meter.Counter;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The process's own lines on their way to the store of logs, written by one thread.
///
/// Lines from before the store is open wait for it; beyond the limit they are dropped and counted.
public final class LineQueue implements LineSink, AutoCloseable {
  private static final int LINES_WAITING = 8_192;
  private static final int LINES_AT_ONCE = 2_048;
  private static final int LONGEST_LINE = 64 << 10;
  private static final long NS_PER_MS = 1_000_000;

  /// Each write to the store waits for the disk, so a few lines are gathered first.
  private static final Duration GATHERING = Duration.ofMillis(100);

  private static final Duration LAST_LINES_WITHIN = Duration.ofSeconds(5);

  private record Waiting(long timeMs, Line line) {}

  private final ArrayBlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(LINES_WAITING);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final MeterRegistry meters;
  private final Counter written;
  private volatile @Nullable Thread writer;

  /// Of the writer alone: equal lines of the same moment must not look like one that came twice.
  private long lastNs;

  public LineQueue(MeterRegistry meters) {
    this.meters = meters;
    this.written =
        meters.counter(
            "sightline_own_lines_written_total",
            "Lines of this process about itself that are in the store of logs.",
            Labels.EMPTY);
  }

  @Override
  public void offer(long timeMs, Line line) {
    if (!queue.offer(new Waiting(timeMs, line))) {
      dropped("queue_full", 1);
    }
  }

  /// From now on lines are written; once.
  public void open(LogSink logs) {
    Thread thread = Thread.ofPlatform().daemon().name("own-lines").unstarted(() -> write(logs));
    writer = thread;
    thread.start();
  }

  /// Writes what waits, if there is a store to write it to.
  @Override
  public void close() {
    closing.countDown();
    Thread running = writer;
    if (running == null) {
      List<Waiting> never = new ArrayList<>();
      queue.drainTo(never);
      dropped("no_store", never.size());
      return;
    }
    try {
      running.join(LAST_LINES_WITHIN);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether the caller is the thread that writes: what it has to say cannot go through here.
  boolean isWriter() {
    return Thread.currentThread().equals(writer);
  }

  private void write(LogSink logs) {
    try {
      LogBatch batch = new LogBatch();
      while (gather(batch)) {
        append(logs, batch);
        batch.clear();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// @return false when there is nothing left and nothing more will come
  private boolean gather(LogBatch batch) throws InterruptedException {
    Waiting first = null;
    while (first == null) {
      boolean ends = closing.getCount() == 0;
      first = queue.poll(ends ? 0 : GATHERING.toMillis(), TimeUnit.MILLISECONDS);
      if (first == null && ends) {
        return false;
      }
    }
    boolean _ = closing.await(GATHERING.toMillis(), TimeUnit.MILLISECONDS);
    List<Waiting> taken = new ArrayList<>();
    taken.add(first);
    queue.drainTo(taken, LINES_AT_ONCE - 1);
    for (Waiting waiting : taken) {
      put(waiting, batch);
    }
    return true;
  }

  private void put(Waiting waiting, LogBatch batch) {
    lastNs = Math.max(lastNs + 1, waiting.timeMs * NS_PER_MS);
    String text = waiting.line.text();
    String bounded = text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) : text;
    batch.add(
        waiting.line.stream(),
        lastNs,
        bounded.getBytes(StandardCharsets.UTF_8),
        waiting.line.metadata());
  }

  private void append(LogSink logs, LogBatch batch) {
    try {
      LogSink.Outcome outcome = logs.append(batch);
      written.add(outcome.stored());
      dropped("refused", outcome.refusedCount());
    } catch (StoreUnavailableException _) {
      dropped("store_unavailable", batch.size());
    } catch (RuntimeException _) {
      dropped("bug", batch.size()); // told by the meter: a line about it would come back here
    }
  }

  private void dropped(String reason, int lines) {
    if (lines > 0) {
      meters
          .counter(
              "sightline_own_lines_dropped_total",
              "Lines of this process about itself that were not written.",
              Labels.of("reason", reason))
          .add(lines);
    }
  }
}
