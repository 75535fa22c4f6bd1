package dev.sightline.quality.drift;

import dev.sightline.quality.baseline.FeatureColumn;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.sketch.NumberSketch;

/// Makes a sketch of a column of numbers that may be one already, to compare it with a sketch.
final class FeatureSketch {
  private FeatureSketch() {}

  /// A sketch of the caller's own.
  ///
  /// @throws IllegalArgumentException for words
  static NumberSketch of(FeatureColumn column) {
    return switch (column) {
      case FeatureColumn.Numbers(SortedColumn values, long _) -> {
        NumberSketch own = new NumberSketch(NumberSketch.DAY);
        for (int row = 0; row < values.n(); row++) {
          own.add(values.at(row));
        }
        yield own;
      }
      case FeatureColumn.Sketched sketched -> sketched.copy();
      case FeatureColumn.Words _, FeatureColumn.Sentences _, FeatureColumn.Vectors _ ->
          throw new IllegalArgumentException("BUG: no numbers");
    };
  }
}
