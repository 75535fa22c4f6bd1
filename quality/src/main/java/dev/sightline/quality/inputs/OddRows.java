package dev.sightline.quality.inputs;

import dev.sightline.quality.baseline.RowSample;
import dev.sightline.stats.learn.IsolationForest;
import dev.sightline.stats.probability.Quantiles;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How many rows are odd as a whole, though each of their values may be usual.
///
/// @param before the share in the reference
/// @param now the share in the current window
/// @param n current rows that were looked at
public record OddRows(double before, double now, int n) {
  /*
   * An isolation forest learns from every second row of the reference; the 95th percentile of the other
   * half's scores, which it has not seen, is where a row begins to be odd.
   */
  private static final double USUAL_SHARE = 0.95;

  private static final int FEWEST_ROWS = 200;
  private static final int FEWEST_INPUTS = 2;
  private static final int MOST_ROWS = 1_000;
  private static final long SEED = 17;

  /// @return null where there is too little to learn from
  public static @Nullable OddRows of(RowSample reference, RowSample current) {
    if (reference.names().size() < FEWEST_INPUTS
        || reference.rows() < FEWEST_ROWS
        || current.rows() == 0) {
      return null;
    }
    Aligned rows = Aligned.byFrequency(reference, current);
    IsolationForest forest =
        IsolationForest.of(
            Aligned.everyOther(rows.reference(), 0), IsolationForest.Options.USUAL, SEED);
    double[] unseen = scores(forest, Aligned.everyOther(rows.reference(), 1));
    double[] sorted = unseen.clone();
    Arrays.sort(sorted);
    double limit = Quantiles.of(sorted, USUAL_SHARE);
    double[] scores = scores(forest, rows.current());
    return new OddRows(above(unseen, limit), above(scores, limit), scores.length);
  }

  private static double[] scores(IsolationForest forest, double[][] features) {
    int n = features[0].length;
    int step = Math.max(1, (n + MOST_ROWS - 1) / MOST_ROWS);
    return IntStream.range(0, (n + step - 1) / step)
        .mapToDouble(each -> forest.score(features, each * step))
        .toArray();
  }

  private static double above(double[] scores, double limit) {
    return (double) Arrays.stream(scores).filter(score -> score > limit).count() / scores.length;
  }
}
