package dev.sightline.logql.eval;

import java.time.Duration;

/// How much one log query may cost.
///
/// @param entries how many lines it may ask for
/// @param series how many series it may yield
/// @param length how long its range may be
/// @param steps how many steps it may take from its first point
/// @param memoryBytes what it may hold at once, by its own account
public record LogQueryLimits(
    int entries, int series, Duration length, int steps, long memoryBytes) {
  public static final LogQueryLimits DEFAULT =
      new LogQueryLimits(5_000, 500, Duration.ofHours(721), 11_000, 256L << 20);

  public LogQueryLimits {
    if (entries < 1 || series < 1 || length.isNegative() || steps < 1 || memoryBytes < 1) {
      throw new IllegalArgumentException("query limits must be positive");
    }
  }
}
