package dev.sightline.quality.baseline;

import java.util.Locale;

/// Which side of a model a feature describes.
public enum Aspect {
  /// What the model is given.
  INPUT,
  /// What it answers.
  OUTPUT,
  CONFIDENCE,
  /// What turned out to be true.
  TRUTH,
  /// How the answer differs from the truth: a model that is wrong more often on the same inputs.
  ERROR;

  /// The word for it in API and files.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
