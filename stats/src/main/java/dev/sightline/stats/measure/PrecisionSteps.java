package dev.sightline.stats.measure;

import java.util.Arrays;

/// The precision from each threshold on, and what it makes of the average precision: the mean
/// precision over the recalls reached, not interpolated, as scikit-learn's
/// `average_precision_score`.
final class PrecisionSteps {
  /*
   * With M(t) the cases from threshold t on and P(t) the share of positives among them, average precision is the
   * mean of P at the scores of positives. One more case with score s changes P(t) of every t up to s by
   * (1 - P(t)) / M(t) if it is positive, and by -P(t) / M(t) if it is not; a positive one also brings its own
   * P(s). The sums of 1 / M and of P / M over the positives with scores up to s are kept, so that the influence of
   * a case is a search for its score.
   */
  private final double[] thresholds;
  private final double[] precisions;
  private final double[] ones;
  private final double[] shares;
  private final int positives;
  private final int n;
  private final double average;

  /// @param scored with at least one positive case
  PrecisionSteps(ScoredTruths scored) {
    positives = scored.positives();
    n = scored.n();
    Builder steps = new Builder(Math.min(n, 1_024));
    scored.walk(steps::at);
    thresholds = steps.column(0);
    precisions = steps.column(1);
    int[] hits = steps.hits();
    ones = new double[thresholds.length];
    shares = new double[thresholds.length];
    double sum = 0;
    double sumOnes = 0;
    double sumShares = 0;
    // From the lowest threshold, which comes last, to the highest.
    for (int step = thresholds.length - 1; step >= 0; step--) {
      double cases = steps.cases(step);
      sum += hits[step] * precisions[step];
      sumOnes += hits[step] / cases;
      sumShares += hits[step] * precisions[step] / cases;
      ones[step] = sumOnes;
      shares[step] = sumShares;
    }
    average = sum / positives;
  }

  double average() {
    return average;
  }

  /// How much one of the cases moves the average.
  double influence(double score, boolean positive) {
    int step = step(score);
    double moved = -shares[step];
    if (positive) {
      moved += ones[step] + precisions[step] - average;
    }
    return moved * n / positives;
  }

  /// The place of a score among the falling thresholds.
  private int step(double score) {
    int low = 0;
    int high = thresholds.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (thresholds[middle] > score) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// Columns that grow by one step of the walk at a time.
  private static final class Builder {
    private double[][] columns;
    private int[] hits;
    private int[] cases;
    private int size;
    private int hitsBefore;

    Builder(int room) {
      columns = new double[][] {new double[room], new double[room]};
      hits = new int[room];
      cases = new int[room];
    }

    void at(double threshold, int truePositives, int falsePositives) {
      if (size == hits.length) {
        columns[0] = Arrays.copyOf(columns[0], size * 2);
        columns[1] = Arrays.copyOf(columns[1], size * 2);
        hits = Arrays.copyOf(hits, size * 2);
        cases = Arrays.copyOf(cases, size * 2);
      }
      columns[0][size] = threshold;
      columns[1][size] = (double) truePositives / (truePositives + falsePositives);
      hits[size] = truePositives - hitsBefore;
      cases[size] = truePositives + falsePositives;
      hitsBefore = truePositives;
      size++;
    }

    double[] column(int number) {
      return Arrays.copyOf(columns[number], size);
    }

    int[] hits() {
      return hits;
    }

    int cases(int step) {
      return cases[step];
    }
  }
}
