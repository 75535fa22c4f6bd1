package dev.sightline.stats.estimate;

import dev.sightline.stats.measure.Measured;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/// What the curves of a binary classifier will enclose once the truth arrives: CBPE of areas.
///
/// @param rocAuc the chance that a positive case has a higher score
/// @param averagePrecision the mean precision over recalls
public record ExpectedCurves(Measured rocAuc, Measured averagePrecision) {
  /*
   * Cases by falling score; each adds its calibrated p to the expected true positives and 1 - p to the
   * false ones. NannyML rounds the rates to five digits before it integrates; this does not, so that
   * the two differ by about 1e-5.
   */

  /// @param scores of the model, by which cases are ordered; none NaN
  /// @param calibration from score to probability
  public static ExpectedCurves of(double[] scores, DoubleUnaryOperator calibration) {
    double[] rising = scores.clone();
    Arrays.sort(rising);
    double hits = 0;
    double misses = 0;
    double area = 0;
    double precisions = 0;
    int row = rising.length;
    while (row > 0) {
      double score = rising[row - 1];
      double probability = calibration.applyAsDouble(score);
      int end = row;
      while (row > 0 && rising[row - 1] == score) {
        row--;
      }
      double newHits = probability * (end - row);
      double newMisses = (1 - probability) * (end - row);
      area += newMisses * (hits + newHits / 2);
      hits += newHits;
      misses += newMisses;
      precisions += newHits * hits / (hits + misses);
    }
    return new ExpectedCurves(
        share(area, hits * misses, scores.length), share(precisions, hits, scores.length));
  }

  private static Measured share(double part, double whole, long n) {
    if (n == 0) {
      return new Measured.NotEnough(0, 1);
    }
    return whole > 0
        ? new Measured.Known(part / whole, n, null)
        : new Measured.Undefined(n, "only one class is expected");
  }
}
