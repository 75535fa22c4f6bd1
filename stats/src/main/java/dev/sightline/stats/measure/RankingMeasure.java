package dev.sightline.stats.measure;

/// The measures of ranked lists. Each is the mean over lists of what [Ranking] says of one.
public enum RankingMeasure {
  NDCG,
  /// The mean of the average precisions.
  MAP,
  /// The mean of one over the place of the first relevant row, wherever in the list it is.
  MRR,
  /// The share of lists that have a relevant row.
  HIT_RATE,
  PRECISION,
  RECALL;

  /// Whether only the first k places count.
  public boolean isCut() {
    return this != MRR;
  }

  /// @param k at least 1
  Measured of(Ranking list, int k) {
    return switch (this) {
      case NDCG -> list.ndcg(k);
      case MAP -> list.averagePrecision(k);
      case MRR -> list.reciprocalRank(Integer.MAX_VALUE);
      case HIT_RATE -> list.hit(k);
      case PRECISION -> list.precisionAt(k);
      case RECALL -> list.recallAt(k);
    };
  }
}
