package dev.sightline.tsdb.head;

import dev.sightline.tsdb.chunk.XorAppender;
import dev.sightline.tsdb.chunk.XorCursor;
import org.jspecify.annotations.Nullable;

/// A stretch of one series in the head: growing at first, then finished.
///
/// One thread changes it; others read the samples that [HeadSeries] has told them of.
final class HeadChunk {
  private final long minMs;
  private long maxMs;
  private int count;

  /// null once the chunk is finished; written after `finished`
  private volatile @Nullable XorAppender appender;

  private byte[] finished = new byte[0];

  HeadChunk(long minMs) {
    this.minMs = minMs;
    this.maxMs = minMs;
    this.appender = new XorAppender();
  }

  void append(long timestampMs, double value) {
    growing().append(timestampMs, value);
    maxMs = timestampMs;
    count++;
  }

  /// Lays the samples into an array of their length; nothing is appended from now on.
  void finish() {
    finished = growing().toChunk();
    appender = null;
  }

  /// The appender of a chunk that is not finished.
  XorAppender growing() {
    XorAppender present = appender;
    if (present == null) {
      throw new IllegalStateException("BUG: chunk is finished");
    }
    return present;
  }

  long minMs() {
    return minMs;
  }

  /// Of the last sample. For readers: only of a chunk behind which they see another.
  long maxMs() {
    return maxMs;
  }

  int count() {
    return count;
  }

  /// @param samples how many to walk
  XorCursor cursor(int samples) {
    XorAppender present = appender;
    return new XorCursor(present == null ? finished : present.bytes(), samples);
  }
}
