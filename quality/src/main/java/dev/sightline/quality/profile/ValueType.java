package dev.sightline.quality.profile;

import java.util.Locale;

/// What kind of value a feature had in a row.
public enum ValueType {
  /// A number without a fraction.
  WHOLE(0),
  /// Any other number; NaN and the infinities among them.
  FRACTION(1),
  FLAG(2),
  TEXT(3),
  LIST(4),
  OBJECT(5);

  /// How many kinds there are.
  static final int COUNT = values().length;

  private final int slot;

  ValueType(int slot) {
    this.slot = slot;
  }

  /// Its place in counts by type, in memory and in files.
  int slot() {
    return slot;
  }

  /// The word for it in API and files.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
