package dev.sightline.quality.estimate;

import dev.sightline.stats.estimate.IsotonicCalibration;
import java.util.Arrays;

/// What scores of each class are worth as probabilities, learnt from cases whose truth is known.
final class Calibrations {
  private final IsotonicCalibration[] byClass;

  private Calibrations(IsotonicCalibration[] byClass) {
    this.byClass = byClass;
  }

  /// @param labelled of which at least one has a truth
  static Calibrations of(ScoredCases labelled, int classes) {
    int n = labelled.labelled();
    IsotonicCalibration[] byClass = new IsotonicCalibration[classes];
    for (int each = 0; each < classes; each++) {
      double[] scores = new double[n];
      boolean[] positive = new boolean[n];
      int kept = 0;
      for (int row = 0; row < labelled.count(); row++) {
        if (labelled.happened(row) >= 0) {
          scores[kept] = labelled.score(row, each);
          positive[kept++] = labelled.happened(row) == each;
        }
      }
      byClass[each] = IsotonicCalibration.fit(scores, positive);
    }
    return new Calibrations(byClass);
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
}
