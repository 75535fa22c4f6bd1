package dev.sightline.quality.offline;

import dev.sightline.stats.drift.DriftMethod;
import dev.sightline.stats.drift.DriftOutcome;
import dev.sightline.stats.drift.DriftScore;
import dev.sightline.stats.drift.Telling;
import dev.sightline.stats.drift.Verdict;
import java.util.Comparator;
import java.util.List;

/// One feature of two files.
///
/// @param type `number`, `category`, `text`, `vector`, or both where the files do not agree
/// @param telling words or places that tell the files apart; of texts and vectors
/// @param outcome of the comparison
public record FeatureDrift(
    String feature,
    String type,
    DriftOutcome outcome,
    long nReference,
    long nCurrent,
    long missingReference,
    long missingCurrent,
    FeatureHistogram histogram,
    List<Telling> telling) {
  public FeatureDrift {
    telling = List.copyOf(telling);
  }

  /// What has drifted furthest beyond its limit first; what could not be judged last.
  static final Comparator<FeatureDrift> FURTHEST_FIRST =
      Comparator.comparing((FeatureDrift drift) -> !drift.hasDrifted())
          .thenComparingDouble(drift -> -drift.excess());

  public boolean hasDrifted() {
    return outcome instanceof DriftScore score && score.verdict() == Verdict.DRIFTED;
  }

  /// How many times the limit a distance is, or the limit a p-value.
  private double excess() {
    if (!(outcome instanceof DriftScore score)) {
      return -1;
    }
    double limit = score.limit().drift();
    return score.method().score() == DriftMethod.Score.P_VALUE
        ? limit / Math.max(score.score(), 1e-300)
        : score.score() / limit;
  }
}
