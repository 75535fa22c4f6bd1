package dev.sightline.quality.profile;

import java.util.Locale;

/// What kind of value a feature had in a row.
public enum ValueType {
  /// A number without a fraction.
  WHOLE,
  /// Any other number; NaN and the infinities among them.
  FRACTION,
  FLAG,
  TEXT,
  LIST,
  OBJECT;

  /// The word for it in API and files.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
