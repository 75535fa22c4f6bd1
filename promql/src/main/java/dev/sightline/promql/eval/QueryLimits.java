package dev.sightline.promql.eval;

import java.time.Duration;

/// How much one query may cost.
///
/// @param maxSamples how many samples it may read and compute
/// @param maxSteps how many steps a range query may take from its first point
/// @param subqueryStep the resolution of a subquery that names none
public record QueryLimits(long maxSamples, int maxSteps, Duration subqueryStep) {
  public static final QueryLimits DEFAULT =
      new QueryLimits(20_000_000, 11_000, Duration.ofMinutes(1));

  public QueryLimits {
    if (maxSamples < 1 || maxSteps < 1 || subqueryStep.toMillis() < 1) {
      throw new IllegalArgumentException("query limits must be positive");
    }
  }
}
