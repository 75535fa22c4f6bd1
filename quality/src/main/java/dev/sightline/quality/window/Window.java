package dev.sightline.quality.window;

/// A span of time whose predictions are measured together.
///
/// @param startMs included, Unix milliseconds
/// @param endMs excluded
/// @param partial whether the range that was asked for cuts it short, so that it has fewer rows
///   than its neighbours for no fault of the model
public record Window(long startMs, long endMs, boolean partial) {
  public Window {
    if (endMs < startMs) {
      throw new IllegalArgumentException("BUG: a window that ends before it starts");
    }
  }
}
