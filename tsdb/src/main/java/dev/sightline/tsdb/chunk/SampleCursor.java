package dev.sightline.tsdb.chunk;

/// Walks samples in strictly rising order of time.
///
/// Owned by one thread; stands before the first sample until [#next] is called.
public interface SampleCursor {
  /// @return false after the last sample
  boolean next();

  long timestampMs();

  double value();
}
