package dev.sightline.promql.eval;

/// A value from the samples of a window.
interface WindowFunction {
  /// @param window not empty
  /// @return [Absent] for none
  double apply(Window window);
}
