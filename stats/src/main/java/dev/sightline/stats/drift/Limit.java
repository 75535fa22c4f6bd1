package dev.sightline.stats.drift;

import org.jspecify.annotations.Nullable;

/// Where a score begins to be drift.
///
/// @param drift the threshold
/// @param side on which side of it drift lies
/// @param watch where a score is worth a look, on the same side; null where there is no such step
public record Limit(double drift, Side side, @Nullable Double watch) {
  /// Where drift lies, seen from the threshold.
  public enum Side {
    ABOVE,
    AT_LEAST,
    BELOW,
    AT_MOST
  }

  public Limit(double drift, Side side) {
    this(drift, side, null);
  }

  public Verdict verdict(double score) {
    if (isBeyond(score, drift)) {
      return Verdict.DRIFTED;
    }
    return watch != null && isBeyond(score, watch) ? Verdict.WATCH : Verdict.STABLE;
  }

  private boolean isBeyond(double score, double threshold) {
    return switch (side) {
      case ABOVE -> score > threshold;
      case AT_LEAST -> score >= threshold;
      case BELOW -> score < threshold;
      case AT_MOST -> score <= threshold;
    };
  }
}
