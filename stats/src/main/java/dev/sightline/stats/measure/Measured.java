package dev.sightline.stats.measure;

import org.jspecify.annotations.Nullable;

/// What is known about one measure: a number with what it stands on, or why there is none.
public sealed interface Measured {
  /// How many observations this stands on, or would.
  long n();

  /// @param value finite
  /// @param interval null where none is defined
  record Known(double value, long n, @Nullable Interval interval) implements Measured {
    public Known {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("BUG: a measure of " + value);
      }
    }
  }

  /// Fewer observations than a number needs.
  record NotEnough(long n, long needed) implements Measured {}

  /// There are observations, but the measure has no value on them.
  ///
  /// @param why in the words of a user, such as "no positive cases"
  record Undefined(long n, String why) implements Measured {}
}
