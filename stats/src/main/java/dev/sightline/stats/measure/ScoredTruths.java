package dev.sightline.stats.measure;

import java.util.Arrays;

/// The scores of positive and of negative cases, sorted once; every measure that depends on the
/// order of scores follows from one walk over both.
///
/// Unchangeable. A NaN among the scores is refused: the caller counts and drops those.
public final class ScoredTruths {
  /*
   * Two sorted columns instead of one sorted column of pairs: primitive sorts are several times
   * faster than sorts of pairs. Ties between a positive and a negative case count one half, as in the
   * trapezoid rule of scikit-learn's `roc_auc_score`.
   */
  private final double[] positives;
  private final double[] negatives;

  private ScoredTruths(double[] positives, double[] negatives) {
    this.positives = positives;
    this.negatives = negatives;
    Arrays.sort(positives);
    Arrays.sort(negatives);
    if (endsInNaN(positives) || endsInNaN(negatives)) {
      throw new IllegalArgumentException("a score is not a number");
    }
  }

  /// @param scores higher for likelier positives
  /// @param positive of each score, whether its case is positive
  public static ScoredTruths of(double[] scores, boolean[] positive) {
    if (scores.length != positive.length) {
      throw new IllegalArgumentException(
          "BUG: " + scores.length + " scores for " + positive.length + " truths");
    }
    int count = 0;
    for (boolean each : positive) {
      count += each ? 1 : 0;
    }
    double[] positives = new double[count];
    double[] negatives = new double[scores.length - count];
    int atPositive = 0;
    int atNegative = 0;
    for (int row = 0; row < scores.length; row++) {
      if (positive[row]) {
        positives[atPositive++] = scores[row];
      } else {
        negatives[atNegative++] = scores[row];
      }
    }
    return new ScoredTruths(positives, negatives);
  }

  public int n() {
    return positives.length + negatives.length;
  }

  public int positives() {
    return positives.length;
  }

  public int negatives() {
    return negatives.length;
  }

  /// Receives one threshold at a time, from high to low.
  interface Walk {
    /// @param threshold cases with this score or a higher one are predicted positive
    void at(double threshold, int truePositives, int falsePositives);
  }

  /// Visits each distinct score once, the highest first.
  void walk(Walk visit) {
    int positive = positives.length;
    int negative = negatives.length;
    while (positive > 0 || negative > 0) {
      double threshold =
          positive == 0
              ? negatives[negative - 1]
              : negative == 0
                  ? positives[positive - 1]
                  : Math.max(positives[positive - 1], negatives[negative - 1]);
      while (positive > 0 && positives[positive - 1] == threshold) {
        positive--;
      }
      while (negative > 0 && negatives[negative - 1] == threshold) {
        negative--;
      }
      visit.at(threshold, positives.length - positive, negatives.length - negative);
    }
  }

  /// The chance that a positive case has a higher score than a negative one, ties half.
  ///
  /// @return NaN without positive or without negative cases
  double areaUnderRoc() {
    if (positives.length == 0 || negatives.length == 0) {
      return Double.NaN;
    }
    // Twice the pairs in order, so that ties stay whole numbers; exact up to 2^63.
    long twice = 0;
    int below = 0;
    int notAbove = 0;
    for (double score : positives) {
      while (below < negatives.length && negatives[below] < score) {
        below++;
      }
      notAbove = Math.max(notAbove, below);
      while (notAbove < negatives.length && negatives[notAbove] == score) {
        notAbove++;
      }
      twice += below + notAbove;
    }
    return twice / (2.0 * positives.length * negatives.length);
  }

  /// The area with DeLong's interval.
  ///
  /// @param minimumN fewer cases, of both kinds together, are not enough
  public Measured rocAuc(long minimumN, double level) {
    if (n() < minimumN) {
      return new Measured.NotEnough(n(), minimumN);
    }
    if (positives.length == 0 || negatives.length == 0) {
      return new Measured.Undefined(
          n(), positives.length == 0 ? "no positive cases" : "no negative cases");
    }
    double area = areaUnderRoc();
    double deviation = Math.sqrt(rocAucVariance());
    long rarer = Math.min(positives.length, negatives.length);
    return new Measured.Known(
        area, n(), LogOdds.interval(area, deviation, rarer, level, Interval.Kind.DELONG));
  }

  /// E. DeLong, D. DeLong, D. Clarke-Pearson, "Comparing the areas under two or more correlated
  /// receiver operating characteristic curves" (1988): the variance of each side's placements among
  /// the other side.
  double rocAucVariance() {
    double area = areaUnderRoc();
    return spread(positives, negatives, area) / positives.length
        + spread(negatives, positives, 1 - area) / negatives.length;
  }

  private static double spread(double[] side, double[] other, double mean) {
    if (side.length < 2) {
      return 0;
    }
    double sum = 0;
    int below = 0;
    int notAbove = 0;
    for (double score : side) {
      while (below < other.length && other[below] < score) {
        below++;
      }
      notAbove = Math.max(notAbove, below);
      while (notAbove < other.length && other[notAbove] == score) {
        notAbove++;
      }
      double placement = (below + notAbove) / (2.0 * other.length) - mean;
      sum += placement * placement;
    }
    return sum / (side.length - 1);
  }

  /// How much one of the cases moves the area under the ROC curve.
  double rocInfluence(double score, boolean positive, double area) {
    double[] others = positive ? negatives : positives;
    double[] own = positive ? positives : negatives;
    double below = shareBelow(others, score);
    return ((positive ? below : 1 - below) - area) * n() / own.length;
  }

  /// Ties count one half.
  private static double shareBelow(double[] sorted, double score) {
    return (countUpTo(sorted, score, false) + countUpTo(sorted, score, true))
        / (2.0 * sorted.length);
  }

  /// @param including whether those with the score itself are counted
  private static int countUpTo(double[] sorted, double score, boolean including) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < score || including && sorted[middle] == score) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// The mean precision over the recalls reached, with the interval that the influences of cases
  /// give it: [PrecisionSteps].
  ///
  /// @return undefined without positive cases
  public Measured averagePrecision(long minimumN, double level) {
    if (n() < minimumN) {
      return new Measured.NotEnough(n(), minimumN);
    }
    if (positives.length == 0) {
      return new Measured.Undefined(n(), "no positive cases");
    }
    PrecisionSteps steps = new PrecisionSteps(this);
    Influences influences = new Influences(n());
    for (int place = 0; place < influences.size(); place++) {
      int row = influences.row(place);
      boolean positive = row < positives.length;
      double score = positive ? positives[row] : negatives[row - positives.length];
      influences.add(place, steps.influence(score, positive));
    }
    return new Measured.Known(
        steps.average(),
        n(),
        LogOdds.interval(
            steps.average(),
            influences.deviation(),
            positives.length,
            level,
            Interval.Kind.INFLUENCE));
  }

  private static boolean endsInNaN(double[] sorted) {
    return sorted.length > 0 && Double.isNaN(sorted[sorted.length - 1]);
  }
}
