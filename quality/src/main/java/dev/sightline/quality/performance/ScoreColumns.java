package dev.sightline.quality.performance;

import java.util.List;

/// Which scores of a model are read beside its classes.
///
/// @param classes those whose probabilities are sent; empty where only the confidence may be there
/// @param isWanted whether scores are read at all
record ScoreColumns(List<String> classes, boolean isWanted) {
  static final ScoreColumns NONE = new ScoreColumns(List.of(), false);

  ScoreColumns {
    classes = List.copyOf(classes);
  }

  /// Numbers per row.
  int width() {
    return isWanted ? Math.max(1, classes.size()) : 0;
  }
}
