package dev.sightline.logql.ast;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an aggregation over time makes of the lines of a window.
public enum RangeFunction {
  COUNT_OVER_TIME(Unwrapped.NEVER, false),
  RATE(Unwrapped.MAY, false),
  BYTES_OVER_TIME(Unwrapped.NEVER, false),
  BYTES_RATE(Unwrapped.NEVER, false),
  ABSENT_OVER_TIME(Unwrapped.MAY, false),
  SUM_OVER_TIME(Unwrapped.ALWAYS, false),
  AVG_OVER_TIME(Unwrapped.ALWAYS, true),
  MAX_OVER_TIME(Unwrapped.ALWAYS, true),
  MIN_OVER_TIME(Unwrapped.ALWAYS, true),
  STDVAR_OVER_TIME(Unwrapped.ALWAYS, true),
  STDDEV_OVER_TIME(Unwrapped.ALWAYS, true),
  QUANTILE_OVER_TIME(Unwrapped.ALWAYS, true),
  FIRST_OVER_TIME(Unwrapped.ALWAYS, true),
  LAST_OVER_TIME(Unwrapped.ALWAYS, true),
  RATE_COUNTER(Unwrapped.ALWAYS, false);

  /// Whether it works on numbers in the lines.
  public enum Unwrapped {
    NEVER,
    MAY,
    ALWAYS
  }

  private final Unwrapped unwrapped;
  private final boolean groups;
  private final String text = name().toLowerCase(Locale.ROOT);

  RangeFunction(Unwrapped unwrapped, boolean groups) {
    this.unwrapped = unwrapped;
    this.groups = groups;
  }

  public String text() {
    return text;
  }

  public Unwrapped unwrapped() {
    return unwrapped;
  }

  /// Whether lines are added up by their lengths.
  public boolean countsBytes() {
    return this == BYTES_OVER_TIME || this == BYTES_RATE;
  }

  /// Whether it counts lines or their bytes, whatever stands in them.
  public boolean counts() {
    return this == COUNT_OVER_TIME || this == RATE || countsBytes();
  }

  /// Whether `by` and `without` may follow.
  public boolean groups() {
    return groups;
  }

  /// @return null if there is none of this name
  public static @Nullable RangeFunction named(String word) {
    for (RangeFunction function : values()) {
      if (function.text.equals(word)) {
        return function;
      }
    }
    return null;
  }
}
