package dev.sightline.logstore.follow;

import dev.sightline.logstore.record.LinesRecord;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LogArrivals.Arrived;
import dev.sightline.model.log.LogArrivals.Follower;
import dev.sightline.model.log.LogArrivals.Lost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Hands the records of the log that hold lines of certain streams to one who follows.
final class RecordFollower implements Follower {
  private static final RecordLines END = new RecordLines(LinesRecord.none(), new BitSet());

  private final List<Matcher> matchers;
  private final long mostBytes;
  private final Consumer<RecordFollower> onClose;
  private final LinkedBlockingQueue<RecordLines> waiting = new LinkedBlockingQueue<>();

  // guarded by this
  private final List<Lost> lost = new ArrayList<>();
  private long waitingBytes;
  private boolean closed;

  /// @param mostBytes of records that may wait
  RecordFollower(List<Matcher> matchers, long mostBytes, Consumer<RecordFollower> onClose) {
    this.matchers = List.copyOf(matchers);
    this.mostBytes = mostBytes;
    this.onClose = onClose;
  }

  void offer(LinesRecord record) {
    BitSet streams = wanted(record);
    if (!streams.isEmpty()) {
      offer(new RecordLines(record, streams));
    }
  }

  private synchronized void offer(RecordLines lines) {
    if (closed) {
      return;
    }
    if (waitingBytes > 0 && waitingBytes + lines.recordBytes() > mostBytes) {
      while (lost.size() < MAX_LOST && lines.next()) {
        lost.add(new Lost(lines.stream(), lines.timestampNs()));
      }
    } else {
      waiting.add(lines);
      waitingBytes += lines.recordBytes();
    }
  }

  private BitSet wanted(LinesRecord record) {
    BitSet streams = new BitSet();
    for (int i = 0; i < record.streams().size(); i++) {
      Labels labels = record.streams().get(i);
      if (matchers.stream().allMatch(matcher -> matcher.matches(labels.get(matcher.name())))) {
        streams.set(i);
      }
    }
    return streams;
  }

  @Override
  public @Nullable Arrived poll(Duration longest) throws InterruptedException {
    RecordLines next = waiting.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
    synchronized (this) {
      if (next == null || closed) {
        return null;
      }
      waitingBytes -= next.recordBytes();
      return next;
    }
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
    synchronized (this) {
      closed = true;
      waiting.clear();
      waiting.add(END);
    }
  }
}
