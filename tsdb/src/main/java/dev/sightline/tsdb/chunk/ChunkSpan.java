package dev.sightline.tsdb.chunk;

/// Decides where one chunk of a series ends and the next begins.
///
/// A chunk never crosses a multiple of [#RANGE_MS], so that blocks can be cut there, and holds
/// about [#TARGET_SAMPLES].
public final class ChunkSpan {
  /// The span of a fresh block: two hours.
  public static final long RANGE_MS = 2 * 60 * 60 * 1000L;

  static final int TARGET_SAMPLES = 120;

  /// Twice the target: reached only where samples come much faster than they began.
  static final int MAX_SAMPLES = 2 * TARGET_SAMPLES;

  /// Head files and their readers expect chunks to stay below this.
  static final int MAX_BYTES = 1024;

  private ChunkSpan() {}

  /// The end of the range that holds a time.
  public static long rangeEndMs(long timestampMs) {
    return Math.addExact(Math.floorDiv(timestampMs, RANGE_MS) * RANGE_MS, RANGE_MS);
  }

  /// Whether the chunk is full before this sample, whatever was predicted.
  public static boolean isFull(XorAppender chunk) {
    return chunk.count() >= MAX_SAMPLES
        || chunk.sizeBytes() > MAX_BYTES - XorFormat.MAX_SAMPLE_BYTES;
  }

  /// A quarter on the way to the target there is enough to tell how fast samples come.
  public static boolean isTimeToPredict(int count) {
    return count == TARGET_SAMPLES / 4;
  }

  /// Where a chunk should end that took a quarter of its samples from `startMs` to `nowMs`, so that
  /// the chunks up to `rangeEndMs` are of about equal length.
  public static long predictedEndMs(long startMs, long nowMs, long rangeEndMs) {
    long chunks = (rangeEndMs - startMs) / ((nowMs - startMs + 1) * 4);
    return chunks <= 1 ? rangeEndMs : startMs + (rangeEndMs - startMs) / chunks;
  }
}
