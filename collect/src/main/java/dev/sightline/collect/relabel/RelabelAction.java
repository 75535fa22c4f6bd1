package dev.sightline.collect.relabel;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a relabelling rule does. Named as in the configuration, in small letters.
public enum RelabelAction {
  /// Writes the replacement into the target label where the expression matches.
  REPLACE,
  /// Drops everything whose source does not match.
  KEEP,
  /// Drops everything whose source matches.
  DROP,
  /// Drops everything whose source is not the value of the target label.
  KEEPEQUAL,
  /// Drops everything whose source is the value of the target label.
  DROPEQUAL,
  /// Writes a number below the modulus, made from the source, into the target label.
  HASHMOD,
  /// Copies the labels whose names match to names made from the replacement.
  LABELMAP,
  /// Removes the labels whose names match.
  LABELDROP,
  /// Removes the labels whose names do not match.
  LABELKEEP,
  /// Writes the source in small letters into the target label.
  LOWERCASE,
  /// Writes the source in capitals into the target label.
  UPPERCASE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @param word in small letters or any others
  public static @Nullable RelabelAction of(String word) {
    for (RelabelAction action : values()) {
      if (action.word().equalsIgnoreCase(word)) {
        return action;
      }
    }
    return null;
  }
}
