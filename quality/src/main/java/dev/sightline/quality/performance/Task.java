package dev.sightline.quality.performance;

import java.util.Locale;

/// What a model predicts.
public enum Task {
  /// One of a few classes.
  CLASSIFICATION,
  /// A number.
  REGRESSION;

  /// As configuration and answers write it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
