package dev.sightline.script.memory;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LogArrivals.Arrived;
import dev.sightline.model.log.LogArrivals.Follower;
import dev.sightline.model.log.LogArrivals.Lost;
import dev.sightline.model.log.LogBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Follows lines in memory. What is more than [#MOST_WAITING] batches behind is lost to it.
final class MemoryFollower implements Follower {
  static final int MOST_WAITING = 4;

  private final List<Matcher> matchers;
  private final Consumer<MemoryFollower> onClose;
  private final LinkedBlockingQueue<BatchLines> waiting = new LinkedBlockingQueue<>();

  // guarded by this
  private final List<Lost> lost = new ArrayList<>();

  MemoryFollower(List<Matcher> matchers, Consumer<MemoryFollower> onClose) {
    this.matchers = List.copyOf(matchers);
    this.onClose = onClose;
  }

  synchronized void offer(LogBatch batch) {
    LogBatch wanted = new LogBatch();
    for (int i = 0; i < batch.size(); i++) {
      if (MemoryLogs.matches(batch.stream(i), matchers)) {
        wanted.add(batch.stream(i), batch.timestampNs(i), batch.line(i), batch.metadata(i));
      }
    }
    if (waiting.size() < MOST_WAITING) {
      waiting.add(new BatchLines(wanted));
    } else {
      for (int i = 0; i < wanted.size() && lost.size() < MAX_LOST; i++) {
        lost.add(new Lost(wanted.stream(i), wanted.timestampNs(i)));
      }
    }
  }

  @Override
  public @Nullable Arrived poll(Duration longest) throws InterruptedException {
    return waiting.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public synchronized List<Lost> lost() {
    List<Lost> told = List.copyOf(lost);
    lost.clear();
    return told;
  }

  @Override
  public void close() {
    onClose.accept(this);
  }

  private static final class BatchLines implements Arrived {
    private final LogBatch batch;
    private int at = -1;

    BatchLines(LogBatch batch) {
      this.batch = batch;
    }

    @Override
    public boolean next() {
      at = Math.min(at + 1, batch.size());
      return at < batch.size();
    }

    @Override
    public Labels stream() {
      return batch.stream(at);
    }

    @Override
    public long timestampNs() {
      return batch.timestampNs(at);
    }

    @Override
    public byte[] bytes() {
      return batch.line(at);
    }

    @Override
    public int lineStart() {
      return 0;
    }

    @Override
    public int lineEnd() {
      return batch.line(at).length;
    }

    @Override
    public Labels metadata() {
      return batch.metadata(at);
    }
  }
}
