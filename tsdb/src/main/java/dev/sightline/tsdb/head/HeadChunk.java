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

  /// null once the chunk is finished; written after the other fields
  private volatile @Nullable XorAppender appender;

  private byte[] finished = new byte[0];
  private int finishedCount;

  HeadChunk(long minMs, XorAppender appender) {
    this.minMs = minMs;
    this.appender = appender;
  }

  /// Lays the samples into an array of their length; nothing is appended from now on.
  ///
  /// @param maxMs the time of the last sample
  void finish(long maxMs) {
    XorAppender present = appender;
    if (present == null) {
      throw new IllegalStateException("BUG: chunk is finished already");
    }
    this.maxMs = maxMs;
    finished = present.toChunk();
    finishedCount = present.count();
    appender = null;
  }

  long minMs() {
    return minMs;
  }

  /// The time of the last sample of a finished chunk.
  long maxMs() {
    return maxMs;
  }

  int count() {
    XorAppender present = appender;
    return present == null ? finishedCount : present.count();
  }

  /// @param samples how many to walk
  XorCursor cursor(int samples) {
    XorAppender present = appender;
    return new XorCursor(present == null ? finished : present.bytes(), samples);
  }
}
