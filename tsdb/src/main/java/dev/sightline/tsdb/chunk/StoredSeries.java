package dev.sightline.tsdb.chunk;

import dev.sightline.model.label.Labels;

/// One series as it lies in the head or in one block.
///
/// Different series may be read by different threads, one series by one at a time.
public interface StoredSeries {
  Labels labels();

  /// At or before the first sample.
  long minMs();

  /// At or behind the last sample.
  long maxMs();

  /// The samples of the range, both ends included, and maybe some around it: whole chunks.
  SampleCursor cursor(long startMs, long endMs);
}
