package dev.sightline.quality.estimate;

import dev.sightline.stats.estimate.DensityRatio;
import java.util.Arrays;

/// Calibrates anew for each window, on earlier cases that are weighed to look like it.
final class WeighedCalibrations {
  /*
   * Probabilistic adaptive performance estimation (decision 0128): a case of the past counts as often as
   * cases like it come in the window. Where the window has hardly anything in common with the past,
   * few cases carry all the weight, which the count of effective ones tells.
   */
  private static final int MOST_ROWS = 20_000;
  private static final long SEED = 13;

  private final ScoredCases past;
  private final int[] labelled;
  private final double[][] reference;
  private final int classes;
  private double fewestEffective = Double.POSITIVE_INFINITY;

  WeighedCalibrations(ScoredCases past, int classes) {
    this.past = past;
    this.classes = classes;
    this.labelled = first(past.labelledRows());
    this.reference = past.features().of(labelled);
  }

  private static int[] first(int[] rows) {
    return rows.length > MOST_ROWS ? Arrays.copyOf(rows, MOST_ROWS) : rows;
  }

  /// @param rows places of the cases of a window, at least one
  Calibrations of(ScoredCases current, int[] rows) {
    double[][] window = current.features().of(first(rows));
    DensityRatio ratio = DensityRatio.of(reference, window, SEED);
    fewestEffective = Math.min(fewestEffective, ratio.effectiveRows());
    return Calibrations.of(past, labelled, ratio.weights(), classes);
  }

  /// How many cases without weights would have told as much, in the window where that was least.
  double fewestEffective() {
    return fewestEffective;
  }
}
