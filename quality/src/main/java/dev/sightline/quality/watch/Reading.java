package dev.sightline.quality.watch;

import org.jspecify.annotations.Nullable;

/// The value of one window, before it is judged.
///
/// @param n rows that it is of
/// @param value NaN where there is none
/// @param drift what the value's own rule says of it; null where it has none
/// @param missing why there is no value; empty where there is one
/// @param failed whether it could not be found, rather than that there are too few rows
record Reading(long n, double value, @Nullable OwnRule drift, String missing, boolean failed) {
  /// A rule that came with the value, such as that of a method of drift.
  record OwnRule(double lower, double upper, Outcome.State state) {}

  static Reading of(long n, double value) {
    return new Reading(n, value, null, "", false);
  }

  static Reading of(long n, double value, OwnRule rule) {
    return new Reading(n, value, rule, "", false);
  }

  static Reading notEnough(long n, String why) {
    return new Reading(n, Double.NaN, null, why, false);
  }

  static Reading failed(String why) {
    return new Reading(0, Double.NaN, null, why, true);
  }

  /// The same with too few rows for a value.
  Reading atLeast(long minimumN) {
    return n >= minimumN || !missing.isEmpty()
        ? this
        : notEnough(n, n + (n == 1 ? " row, " : " rows, ") + minimumN + " needed");
  }
}
