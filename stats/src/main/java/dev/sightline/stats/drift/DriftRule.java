package dev.sightline.stats.drift;

/// How one feature is judged.
///
/// @param minimumN on either side; fewer rows are not enough
public record DriftRule(DriftMethod method, Limit limit, long minimumN) {
  /// Below this many rows on a side, most methods answer by chance.
  public static final long USUAL_MINIMUM = 30;

  public DriftRule {
    if (minimumN < 2) {
      throw new IllegalArgumentException("a minimum of " + minimumN + " rows; at least 2");
    }
  }

  public DriftRule(DriftMethod method) {
    this(method, method.usualLimit(), USUAL_MINIMUM);
  }
}
