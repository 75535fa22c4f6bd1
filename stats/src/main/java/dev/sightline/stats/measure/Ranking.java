package dev.sightline.stats.measure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// One ranked list: what was relevant, in the order of the model's scores, and what was relevant
/// but is not in the list.
///
/// NDCG is scikit-learn's `ndcg_score` (gain = relevance, ties averaged: F. McSherry and M. Najork,
/// "Computing information retrieval performance measures efficiently in the presence of tied
/// scores", 2008). The others break ties by the order of the rows, and call relevance above 0
/// relevant.
public final class Ranking {
  private final double[] relevance;
  private final double[] scores;
  private final double[] missed;
  private final int[] order;

  /// A list that holds all there is.
  public Ranking(double[] relevance, double[] scores) {
    this(relevance, scores, new double[0]);
  }

  /// @param relevance of each row of the list, none negative
  /// @param missed relevance of what is not in the list; such rows could have been ranked, and
  ///   count in the best possible list and among what is to be found
  public Ranking(double[] relevance, double[] scores, double[] missed) {
    if (relevance.length != scores.length) {
      throw new IllegalArgumentException(
          "BUG: " + relevance.length + " relevances for " + scores.length + " scores");
    }
    this.relevance = relevance;
    this.scores = scores;
    this.missed = missed;
    this.order = order(scores);
  }

  private static int[] order(double[] scores) {
    for (int row = 1; row < scores.length; row++) {
      if (scores[row - 1] < scores[row]) {
        return IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(each -> -scores[each]))
            .mapToInt(Integer::intValue)
            .toArray();
      }
    }
    return IntStream.range(0, scores.length).toArray();
  }

  /// The relevance of the list, later places discounted by the logarithm of base 2.
  ///
  /// @param k only the first k places count
  public double dcg(int k) {
    double sum = 0;
    int place = 0;
    while (place < order.length) {
      int end = place + 1;
      double gain = relevance[order[place]];
      while (end < order.length && scores[order[end]] == scores[order[place]]) {
        gain += relevance[order[end++]];
      }
      double discounts = 0;
      for (int each = place; each < Math.min(end, k); each++) {
        discounts += discount(each);
      }
      sum += gain / (end - place) * discounts;
      place = end;
    }
    return sum;
  }

  /// [#dcg] as a share of the best possible.
  public Measured ndcg(int k) {
    double[] best = Arrays.copyOf(relevance, relevance.length + missed.length);
    System.arraycopy(missed, 0, best, relevance.length, missed.length);
    Arrays.sort(best);
    double ideal = 0;
    for (int place = 0; place < Math.min(k, best.length); place++) {
      ideal += best[best.length - 1 - place] * discount(place);
    }
    return ideal == 0 ? nothingRelevant() : known(dcg(k) / ideal);
  }

  /// One over the place of the first relevant row; 0 where it is not among the first k. Its mean
  /// over lists is the MRR.
  public Measured reciprocalRank(int k) {
    for (int place = 0; place < Math.min(k, order.length); place++) {
      if (isRelevant(place)) {
        return known(1.0 / (place + 1));
      }
    }
    return relevant() == 0 ? nothingRelevant() : known(0);
  }

  /// The mean precision at the places of relevant rows among the first k, divided by how many there
  /// could be there. Its mean over lists is the MAP.
  public Measured averagePrecision(int k) {
    int hits = 0;
    double sum = 0;
    for (int place = 0; place < Math.min(k, order.length); place++) {
      if (isRelevant(place)) {
        hits++;
        sum += (double) hits / (place + 1);
      }
    }
    long reachable = Math.min(k, relevant());
    return reachable == 0 ? nothingRelevant() : known(sum / reachable);
  }

  /// 1 where one of the first k is relevant, else 0.
  public Measured hit(int k) {
    return relevant() == 0 ? nothingRelevant() : known(hits(k) > 0 ? 1 : 0);
  }

  /// The share of the first k places that are relevant; places beyond the list are not.
  public Measured precisionAt(int k) {
    return known((double) hits(k) / k);
  }

  /// The share of relevant rows that are among the first k.
  public Measured recallAt(int k) {
    return relevant() == 0 ? nothingRelevant() : known((double) hits(k) / relevant());
  }

  private int hits(int k) {
    int hits = 0;
    for (int place = 0; place < Math.min(k, order.length); place++) {
      hits += isRelevant(place) ? 1 : 0;
    }
    return hits;
  }

  private boolean isRelevant(int place) {
    return relevance[order[place]] > 0;
  }

  private long relevant() {
    return Arrays.stream(relevance).filter(each -> each > 0).count()
        + Arrays.stream(missed).filter(each -> each > 0).count();
  }

  private static double discount(int place) {
    return Math.log(2) / Math.log(place + 2.0);
  }

  private Measured known(double value) {
    return new Measured.Known(value, order.length, null);
  }

  private Measured nothingRelevant() {
    return new Measured.Undefined(order.length, "nothing is relevant");
  }
}
