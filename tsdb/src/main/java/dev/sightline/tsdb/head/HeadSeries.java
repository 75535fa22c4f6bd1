package dev.sightline.tsdb.head;

import dev.sightline.model.label.Labels;
import dev.sightline.tsdb.chunk.ChunkSpan;
import dev.sightline.tsdb.chunk.JoinedCursor;
import dev.sightline.tsdb.chunk.MergedCursor;
import dev.sightline.tsdb.chunk.SampleCursor;
import dev.sightline.tsdb.chunk.XorAppender;
import dev.sightline.tsdb.chunk.XorCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One series of the head: its chunks, the last of them growing, and what came late.
///
/// The thread that holds the head's lock changes it. Readers see what was there at the last
/// [#publish], through a [#snapshot]: so a batch appears as a whole.
final class HeadSeries {
  private static final HeadChunk[] NO_CHUNKS = {};

  private final long ref;
  private final Labels labels;

  // of the writer
  private HeadChunk[] chunks = NO_CHUNKS;
  private int chunkCount;

  /// of the last chunk, kept here because every sample goes there; null if there are no chunks
  private @Nullable XorAppender growing;

  private LateSamples late = LateSamples.NONE;
  private long lastMs = Long.MIN_VALUE;
  private long lastBits;
  private long chunkEndMs;
  private long promisedMs = Long.MIN_VALUE;
  private boolean changed;
  private boolean ended;

  // guarded by this
  private HeadChunk[] visible = NO_CHUNKS;
  private int visibleChunks;
  private int visibleInLast;
  private LateSamples visibleLate = LateSamples.NONE;
  private long visibleMaxMs = Long.MIN_VALUE;

  HeadSeries(long ref, Labels labels) {
    this.ref = ref;
    this.labels = labels;
  }

  long ref() {
    return ref;
  }

  Labels labels() {
    return labels;
  }

  /// The latest time among samples in order; `Long.MIN_VALUE` while there are none.
  long lastMs() {
    return lastMs;
  }

  long lastBits() {
    return lastBits;
  }

  /// The latest time that a batch under way has been promised to be in order.
  long promisedMs() {
    return promisedMs;
  }

  void promise(long timestampMs) {
    promisedMs = timestampMs;
  }

  void breakPromise() {
    promisedMs = lastMs;
  }

  /// Whether the series has left the head: whoever holds it has to look it up again.
  boolean ended() {
    return ended;
  }

  /// @return false if it was marked already
  boolean markChanged() {
    boolean first = !changed;
    changed = true;
    return first;
  }

  /// @param timestampMs above [#lastMs]
  void append(long timestampMs, double value) {
    XorAppender into = growing;
    if (into == null || timestampMs >= chunkEndMs || ChunkSpan.isFull(into)) {
      into = nextChunk(timestampMs);
    }
    into.append(timestampMs, value);
    if (ChunkSpan.isTimeToPredict(into.count())) {
      chunkEndMs =
          ChunkSpan.predictedEndMs(chunks[chunkCount - 1].minMs(), timestampMs, chunkEndMs);
    }
    lastMs = timestampMs;
    lastBits = Double.doubleToRawLongBits(value);
    promisedMs = Math.max(promisedMs, timestampMs);
  }

  private XorAppender nextChunk(long timestampMs) {
    if (growing != null) {
      chunks[chunkCount - 1].finish(lastMs);
    }
    if (chunkCount == chunks.length) {
      chunks = Arrays.copyOf(chunks, chunkCount + Math.max(1, chunkCount / 2));
    }
    XorAppender fresh = new XorAppender();
    chunks[chunkCount++] = new HeadChunk(timestampMs, fresh);
    chunkEndMs = ChunkSpan.rangeEndMs(timestampMs);
    growing = fresh;
    return fresh;
  }

  /// Whether a sample at this time is stored.
  boolean has(long timestampMs) {
    return timestampMs == lastMs || late.indexOf(timestampMs) >= 0 || chunkHas(timestampMs);
  }

  /// The bits of the value at a time at which there is a sample.
  long bitsAt(long timestampMs) {
    if (timestampMs == lastMs) {
      return lastBits;
    }
    int index = late.indexOf(timestampMs);
    if (index >= 0) {
      return Double.doubleToRawLongBits(late.value(index));
    }
    XorCursor cursor = chunkAround(timestampMs);
    while (cursor.next()) {
      if (cursor.timestampMs() == timestampMs) {
        return Double.doubleToRawLongBits(cursor.value());
      }
    }
    throw new IllegalStateException("BUG: no sample at " + timestampMs);
  }

  private boolean chunkHas(long timestampMs) {
    XorCursor cursor = chunkAround(timestampMs);
    while (cursor.next()) {
      if (cursor.timestampMs() >= timestampMs) {
        return cursor.timestampMs() == timestampMs;
      }
    }
    return false;
  }

  private XorCursor chunkAround(long timestampMs) {
    for (int i = chunkCount - 1; i >= 0; i--) {
      if (chunks[i].minMs() <= timestampMs) {
        return chunks[i].cursor(chunks[i].count());
      }
    }
    return new XorCursor(new byte[2], 0);
  }

  /// @param timestampMs below [#lastMs], and one at which there is no sample
  void appendLate(long timestampMs, double value) {
    late = late.with(timestampMs, value);
  }

  /// Shows readers everything appended so far.
  synchronized void publish() {
    changed = false;
    visible = chunks;
    visibleChunks = chunkCount;
    visibleInLast = chunkCount == 0 ? 0 : chunks[chunkCount - 1].count();
    visibleLate = late;
    visibleMaxMs = lastMs;
  }

  /// What readers may see now.
  synchronized SeriesSnapshot snapshot() {
    return new SeriesSnapshot(
        labels, visible, visibleChunks, visibleInLast, visibleLate, visibleMaxMs);
  }

  /// Lets go of everything before a time that is the end of a range; nothing unpublished may be
  /// there.
  ///
  /// @return true if nothing is left: the series has ended
  boolean truncate(long beforeMs) {
    int first = 0;
    while (first < chunkCount && maxMs(first) < beforeMs) {
      first++;
    }
    if (first > 0) {
      chunks = Arrays.copyOfRange(chunks, first, chunkCount);
      chunkCount -= first;
      growing = chunkCount == 0 ? null : growing;
    }
    late = late.from(beforeMs);
    ended = chunkCount == 0 && late.isEmpty();
    publish();
    return ended;
  }

  /// Takes samples out, both ends included; nothing unpublished may be there.
  ///
  /// @return whether nothing is left of the series
  boolean remove(long startMs, long endMs) {
    List<SampleCursor> parts = new ArrayList<>();
    for (int i = 0; i < chunkCount; i++) {
      parts.add(chunks[i].cursor(chunks[i].count()));
    }
    SampleCursor all = new MergedCursor(List.of(new JoinedCursor(parts.iterator()), late.cursor()));
    chunks = NO_CHUNKS;
    chunkCount = 0;
    growing = null;
    chunkEndMs = 0;
    late = LateSamples.NONE;
    lastMs = Long.MIN_VALUE;
    promisedMs = Long.MIN_VALUE;
    while (all.next()) {
      if (all.timestampMs() < startMs || all.timestampMs() > endMs) {
        append(all.timestampMs(), all.value());
      }
    }
    publish();
    return chunkCount == 0;
  }

  /// Marks a series as gone of which nothing is left.
  void end() {
    ended = true;
  }

  /// As readers see it.
  synchronized int chunkCount() {
    return visibleChunks;
  }

  private long maxMs(int chunk) {
    return chunk == chunkCount - 1 ? lastMs : chunks[chunk].maxMs();
  }

  /// The earliest time of a sample; `Long.MAX_VALUE` if there are none.
  long minMs() {
    long first = chunkCount == 0 ? Long.MAX_VALUE : chunks[0].minMs();
    return late.isEmpty() ? first : Math.min(first, late.minMs());
  }
}
