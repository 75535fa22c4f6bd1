package dev.sightline.model.registry;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How far a version of a model has come, in MLflow's words.
public enum Stage {
  NONE("None"),
  STAGING("Staging"),
  PRODUCTION("Production"),
  ARCHIVED("Archived");

  private final String word;

  Stage(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /// @return null where it is none of them
  public static @Nullable Stage of(String word) {
    for (Stage stage : values()) {
      if (stage.word.toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT))) {
        return stage;
      }
    }
    return null;
  }
}
