package dev.sightline.quality.estimate;

import dev.sightline.stats.estimate.IsotonicCalibration;
import dev.sightline.stats.estimate.SamplingError;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What scores of each class are worth as probabilities, learnt from cases whose truth is known.
final class Calibrations {
  private final IsotonicCalibration[] byClass;
  private final SamplingError areaError;

  private Calibrations(IsotonicCalibration[] byClass, SamplingError areaError) {
    this.byClass = byClass;
    this.areaError = areaError;
  }

  /// @param labelled of which at least one has a truth
  static Calibrations of(ScoredCases labelled, int classes) {
    return of(labelled, labelled.labelledRows(), null, classes);
  }

  /// @param rows places of labelled cases, at least one
  /// @param weights of these; null where all count the same
  static Calibrations of(
      ScoredCases labelled, int[] rows, double @Nullable [] weights, int classes) {
    IsotonicCalibration[] byClass = new IsotonicCalibration[classes];
    double[] scores = {};
    boolean[] positive = {};
    for (int each = 0; each < classes; each++) {
      scores = new double[rows.length];
      positive = new boolean[rows.length];
      for (int row = 0; row < rows.length; row++) {
        scores[row] = labelled.score(rows[row], each);
        positive[row] = labelled.happened(rows[row]) == each;
      }
      byClass[each] =
          weights == null
              ? IsotonicCalibration.fit(scores, positive)
              : IsotonicCalibration.fit(scores, positive, weights);
    }
    return new Calibrations(byClass, SamplingError.ofAuc(scores, positive));
  }

  double of(double score, int oneClass) {
    return byClass[oneClass].of(score);
  }

  /// Of every class.
  double[] probabilities(ScoredCases cases, int row) {
    double[] probabilities = new double[byClass.length];
    Arrays.setAll(probabilities, each -> of(cases.score(row, each), each));
    return probabilities;
  }

  /// How far the area under the curve strays on windows of some size, of two classes.
  SamplingError areaError() {
    return areaError;
  }
}
