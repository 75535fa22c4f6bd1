package dev.sightline.stats.estimate;

import dev.sightline.stats.column.RisingOrder;
import java.util.Arrays;

/// Turns scores into probabilities that keep their word on the rows it was fitted on: the rising
/// function nearest to the outcomes (M. Ayer et al., "An empirical distribution function for
/// sampling with incomplete information", 1955), as scikit-learn's
/// `IsotonicRegression(out_of_bounds="clip")`.
///
/// Unchangeable.
public final class IsotonicCalibration {
  /*
   * Pool adjacent violators: rows in order of score, equal scores as one, form blocks; while a block
   * has a smaller share of positives than the one before, the two become one. Each block is kept by
   * its first and last score; between blocks the function is a straight line.
   */
  private final double[] scores;
  private final double[] probabilities;

  private IsotonicCalibration(double[] scores, double[] probabilities) {
    this.scores = scores;
    this.probabilities = probabilities;
  }

  /// @param scores at least one, none NaN
  /// @param positive of each score, whether its case turned out positive
  public static IsotonicCalibration fit(double[] scores, boolean[] positive) {
    if (scores.length != positive.length || scores.length == 0) {
      throw new IllegalArgumentException(
          "BUG: " + scores.length + " scores for " + positive.length + " outcomes");
    }
    double[][] sides = sides(scores, positive);
    Blocks blocks = new Blocks(scores.length);
    double[] hits = sides[0];
    double[] misses = sides[1];
    int hit = 0;
    int miss = 0;
    while (hit < hits.length || miss < misses.length) {
      double score =
          hit == hits.length
              ? misses[miss]
              : miss == misses.length ? hits[hit] : Math.min(hits[hit], misses[miss]);
      int hitsBefore = hit;
      int missesBefore = miss;
      while (hit < hits.length && hits[hit] == score) {
        hit++;
      }
      while (miss < misses.length && misses[miss] == score) {
        miss++;
      }
      blocks.add(score, hit - hitsBefore, hit - hitsBefore + miss - missesBefore);
    }
    return blocks.calibration();
  }

  /// The same where rows count more or less than once, as where the reference is weighed to look
  /// like the window.
  ///
  /// @param weights of each row, none negative, some positive
  public static IsotonicCalibration fit(double[] scores, boolean[] positive, double[] weights) {
    if (scores.length != positive.length || scores.length != weights.length) {
      throw new IllegalArgumentException(
          "BUG: " + scores.length + " scores with " + weights.length + " weights");
    }
    int[] order = RisingOrder.of(scores);
    Blocks blocks = new Blocks(scores.length);
    int place = 0;
    while (place < order.length) {
      double score = scores[order[place]];
      double hits = 0;
      double all = 0;
      for (; place < order.length && scores[order[place]] == score; place++) {
        hits += positive[order[place]] ? weights[order[place]] : 0;
        all += weights[order[place]];
      }
      if (all > 0) {
        blocks.add(score, hits, all);
      }
    }
    if (blocks.count == 0) {
      throw new IllegalArgumentException("no row has a weight");
    }
    return blocks.calibration();
  }

  /// The probability of a score; beyond the fitted scores, that of the nearest.
  public double of(double score) {
    if (score <= scores[0]) {
      return probabilities[0];
    }
    if (score >= scores[scores.length - 1]) {
      return probabilities[scores.length - 1];
    }
    int place = Arrays.binarySearch(scores, score);
    return place >= 0 ? probabilities[place] : between(-place - 2, score);
  }

  /// The probabilities of many scores at once.
  public double[] of(double[] many) {
    double[] calibrated = new double[many.length];
    for (int row = 0; row < many.length; row++) {
      calibrated[row] = of(many[row]);
    }
    return calibrated;
  }

  private double between(int below, double score) {
    double share = (score - scores[below]) / (scores[below + 1] - scores[below]);
    return probabilities[below] + share * (probabilities[below + 1] - probabilities[below]);
  }

  /// Scores of positive and of negative cases, each sorted.
  private static double[][] sides(double[] scores, boolean[] positive) {
    double[] hits = new double[scores.length];
    double[] misses = new double[scores.length];
    int hit = 0;
    int miss = 0;
    for (int row = 0; row < scores.length; row++) {
      // Both zeros are one score.
      double score = scores[row] + 0.0;
      if (positive[row]) {
        hits[hit++] = score;
      } else {
        misses[miss++] = score;
      }
    }
    hits = Arrays.copyOf(hits, hit);
    misses = Arrays.copyOf(misses, miss);
    Arrays.sort(hits);
    Arrays.sort(misses);
    return new double[][] {hits, misses};
  }

  /// The blocks so far, their shares rising.
  private static final class Blocks {
    private final double[] first;
    private final double[] last;
    private final double[] hits;
    private final double[] rows;
    private int count;

    Blocks(int most) {
      first = new double[most];
      last = new double[most];
      hits = new double[most];
      rows = new double[most];
    }

    void add(double score, double hitsHere, double rowsHere) {
      first[count] = score;
      last[count] = score;
      hits[count] = hitsHere;
      rows[count] = rowsHere;
      count++;
      while (count > 1 && share(count - 2) >= share(count - 1)) {
        count--;
        last[count - 1] = last[count];
        hits[count - 1] += hits[count];
        rows[count - 1] += rows[count];
      }
    }

    IsotonicCalibration calibration() {
      double[] scores = new double[2 * count];
      double[] probabilities = new double[2 * count];
      int kept = 0;
      for (int block = 0; block < count; block++) {
        scores[kept] = first[block];
        probabilities[kept++] = share(block);
        if (last[block] > first[block]) {
          scores[kept] = last[block];
          probabilities[kept++] = share(block);
        }
      }
      return new IsotonicCalibration(
          Arrays.copyOf(scores, kept), Arrays.copyOf(probabilities, kept));
    }

    private double share(int block) {
      return hits[block] / rows[block];
    }
  }
}
