package dev.sightline.model.histogram;

/// What a histogram knows of having started anew since the one before it.
public enum ResetHint {
  /// Nothing: the two have to be compared.
  UNKNOWN,
  /// It has started anew.
  RESET,
  /// It has not.
  NOT_RESET,
  /// It does not count up at all.
  GAUGE;

  /// What the sum of two histograms knows.
  ResetHint combinedWith(ResetHint other) {
    if (this == other) {
      return this;
    }
    return this == GAUGE || other == GAUGE ? GAUGE : UNKNOWN;
  }
}
