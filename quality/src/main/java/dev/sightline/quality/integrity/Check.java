package dev.sightline.quality.integrity;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One thing that was looked at.
///
/// @param feature empty for the rows as a whole
/// @param kind what was looked at
/// @param value what was found
/// @param limit beyond which it is broken or worth a look; null where there is none
/// @param reference the same in the reference; null where it has none
/// @param text what was found, for people; empty where it is as it should be
public record Check(
    String feature,
    Kind kind,
    State state,
    double value,
    @Nullable Double limit,
    @Nullable Double reference,
    String text) {
  /// What is looked at.
  public enum Kind {
    /// Share of rows without a value.
    MISSING,
    /// Share of values that are infinite.
    INFINITE,
    /// Whether every value is the same, and was not before.
    CONSTANT,
    /// Share of values outside of the reference's range.
    RANGE,
    /// Share of values far from the middle of the reference.
    OUTLIERS,
    /// Share of rows that are odd as a whole, as an isolation forest says.
    ISOLATION,
    /// Share of rows with words that the reference does not have.
    UNSEEN,
    /// How many different words there are.
    CARDINALITY,
    /// JSON types that the reference does not have.
    TYPES,
    /// Inputs that came or went.
    SCHEMA,
    /// Share of rows that repeat another.
    DUPLICATES,
    /// The largest change of a correlation of two inputs.
    CORRELATION,
    /// Rows an hour.
    ROWS,
    /// Seconds since the last row.
    FRESHNESS;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Whether it is as it should be.
  public enum State {
    OK,
    WATCH,
    BROKEN;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
