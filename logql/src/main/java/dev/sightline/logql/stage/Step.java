package dev.sightline.logql.stage;

/// What one stage does to a line. Owned by one thread: steps keep buffers.
interface Step {
  /// @return false if the line falls away
  boolean apply(Line line);
}
