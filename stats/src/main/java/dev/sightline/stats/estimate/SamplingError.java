package dev.sightline.stats.estimate;

import dev.sightline.stats.column.RisingOrder;
import dev.sightline.stats.measure.Interval;
import dev.sightline.stats.probability.Tails;
import java.util.Arrays;
import java.util.stream.IntStream;

/// How far a measure strays on windows of some size, for no other reason than that they are few
/// rows: found once on the reference, as NannyML does.
///
/// @param deviation of what one row adds
/// @param fraction of a window's rows that add
public record SamplingError(double deviation, double fraction) {
  /// Of an area under the ROC curve: each case of the rarer class adds the share of the other class
  /// that it is ranked above.
  ///
  /// @param scores of the reference, none NaN
  public static SamplingError ofAuc(double[] scores, boolean[] positive) {
    int n = scores.length;
    int positives = (int) IntStream.range(0, n).filter(row -> positive[row]).count();
    boolean turned = positives > n - positives;
    int[] order =
        RisingOrder.of(turned ? Arrays.stream(scores).map(score -> 1 - score).toArray() : scores);
    int rare = turned ? n - positives : positives;
    double[] shares = new double[rare];
    int seen = 0;
    for (int rank = 0; rank < n; rank++) {
      if (positive[order[rank]] != turned) {
        shares[seen] = (double) (rank - seen) / (n - rare);
        seen++;
      }
    }
    return new SamplingError(deviation(shares), (double) rare / n);
  }

  /// Of a mean of losses or hits.
  public static SamplingError ofMean(double[] values) {
    return new SamplingError(deviation(values), 1);
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return values.length == 0 ? 0 : Math.sqrt(squares / values.length);
  }

  /// The standard deviation of the measure on windows of n rows.
  public double of(long n) {
    return deviation / Math.sqrt(n * fraction);
  }

  /// The band around an estimate on n rows.
  public Interval around(double estimate, long n, double low, double high, double level) {
    double half = Tails.normalQuantile(0.5 + level / 2) * of(n);
    return new Interval(
        Math.max(low, estimate - half),
        Math.min(high, estimate + half),
        level,
        Interval.Kind.CALIBRATION);
  }
}
