package dev.sightline.promql.eval;

/// The moments at which an expression is evaluated.
///
/// @param stepMs at least 1
/// @param count at least 1
record Grid(long startMs, long stepMs, int count) {
  static Grid at(long timeMs) {
    return new Grid(timeMs, 1, 1);
  }

  /// @param index from 0
  long timeMs(int index) {
    return startMs + index * stepMs;
  }

  long endMs() {
    return timeMs(count - 1);
  }
}
