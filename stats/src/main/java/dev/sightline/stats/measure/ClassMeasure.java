package dev.sightline.stats.measure;

/// The measures that follow from counts of (truth, prediction) alone.
public enum ClassMeasure {
  ACCURACY,
  /// The mean recall of the classes that have true cases.
  BALANCED_ACCURACY,
  PRECISION,
  RECALL,
  SPECIFICITY,
  F1,
  F_BETA,
  JACCARD,
  /// The coefficient of Matthews, for any number of classes.
  MCC,
  /// Cohen's kappa without weights.
  KAPPA,
  /// The share of wrong predictions.
  HAMMING_LOSS;

  /// Whether the measure depends on how classes are averaged.
  public boolean isAveraged() {
    return switch (this) {
      case PRECISION, RECALL, SPECIFICITY, F1, F_BETA, JACCARD -> true;
      case ACCURACY, BALANCED_ACCURACY, MCC, KAPPA, HAMMING_LOSS -> false;
    };
  }
}
