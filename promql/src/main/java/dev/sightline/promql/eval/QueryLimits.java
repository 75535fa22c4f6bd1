package dev.sightline.promql.eval;

import java.time.Duration;

/// How much one query may cost.
///
/// @param maxSamples how many samples it may read; they are not all in memory at once
/// @param maxSeries how many series one selector may find
/// @param maxBytes of memory that it may hold, by its own account
/// @param maxSteps how many steps a range query may take from its first point
/// @param subqueryStep the resolution of a subquery that names none
public record QueryLimits(
    long maxSamples, int maxSeries, long maxBytes, int maxSteps, Duration subqueryStep) {
  /// The memory is a quarter of the heap: two such queries at once leave half of it to the rest.
  public static final QueryLimits DEFAULT =
      new QueryLimits(
          200_000_000,
          1_000_000,
          Runtime.getRuntime().maxMemory() / 4,
          11_000,
          Duration.ofMinutes(1));

  public QueryLimits {
    if (maxSamples < 1
        || maxSeries < 1
        || maxBytes < 1
        || maxSteps < 1
        || subqueryStep.toMillis() < 1) {
      throw new IllegalArgumentException("query limits must be positive");
    }
  }

  /// These, with another number of samples.
  public QueryLimits withSamples(long samples) {
    return new QueryLimits(samples, maxSeries, maxBytes, maxSteps, subqueryStep);
  }

  /// These, with other memory.
  public QueryLimits withBytes(long bytes) {
    return new QueryLimits(maxSamples, maxSeries, bytes, maxSteps, subqueryStep);
  }
}
