package dev.sightline.quality.performance;

import dev.sightline.stats.measure.ConfusionCounts;

/// What is kept of the rows of one group whose model predicts classes.
final class ClassGroup {
  private final ConfusionCounts counts;
  private final ScoredRows scored;
  private long n;

  ClassGroup(ConfusionCounts counts, ScoredRows scored) {
    this.counts = counts;
    this.scored = scored;
  }

  void addPredictions(long count) {
    n += count;
  }

  /// All predictions, with and without truth.
  long n() {
    return n;
  }

  ConfusionCounts counts() {
    return counts;
  }

  ScoredRows scored() {
    return scored;
  }
}
