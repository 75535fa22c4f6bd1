package dev.sightline.quality.performance;

import java.util.Locale;

/// What a model predicts.
public enum Task {
  /// One of a few classes.
  CLASSIFICATION,
  /// A number.
  REGRESSION,
  /// Items, in the order in which they fit.
  RANKING,
  /// A text. Whether it is a good one nobody counts here: only how long it took and became.
  GENERATION;

  /// As configuration and answers write it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
