package dev.sightline.stats.drift;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Corrects p-values of many features, so that the chance of a false alarm does not grow with their
/// number.
public enum Correction {
  NONE,
  /// C. Bonferroni (1936): no false alarm at all, with the level's chance.
  BONFERRONI,
  /// Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate" (1995): the share of
  /// false alarms among alarms.
  BENJAMINI_HOCHBERG;

  /// @return p-values to compare with the uncorrected level, in the same order
  public double[] adjusted(double[] pValues) {
    return switch (this) {
      case NONE -> pValues.clone();
      case BONFERRONI -> Arrays.stream(pValues).map(p -> Math.min(1, p * pValues.length)).toArray();
      case BENJAMINI_HOCHBERG -> stepUp(pValues);
    };
  }

  private static double[] stepUp(double[] pValues) {
    int[] rising =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted((one, two) -> Double.compare(pValues[one], pValues[two]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[pValues.length];
    double least = 1;
    for (int rank = rising.length; rank > 0; rank--) {
      int feature = rising[rank - 1];
      least = Math.min(least, pValues[feature] * pValues.length / rank);
      adjusted[feature] = least;
    }
    return adjusted;
  }
}
