package dev.sightline.stats.measure;

import java.util.Arrays;

/// The probabilities that a model gave to each class, beside the true classes: log loss, Brier
/// score and top-k accuracy, by the definitions of scikit-learn. Areas under curves: [ClassAreas].
///
/// @param truth of each row, a class from 0
/// @param probabilities row after row, `classes` numbers each, none NaN
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ClassProbabilities(int[] truth, double[] probabilities, int classes) {
  /// The distance from 0 and 1 that keeps logarithms finite: the spacing of doubles at 1.
  private static final double EDGE = Math.ulp(1.0);

  public ClassProbabilities {
    if (classes < 2 || probabilities.length != (long) truth.length * classes) {
      throw new IllegalArgumentException(
          "BUG: %d probabilities for %d rows of %d classes"
              .formatted(probabilities.length, truth.length, classes));
    }
  }

  /// Of two classes, from the probability of class 1.
  public static ClassProbabilities ofBinary(int[] truth, double[] positive) {
    double[] both = new double[positive.length * 2];
    for (int row = 0; row < positive.length; row++) {
      both[2 * row] = 1 - positive[row];
      both[2 * row + 1] = positive[row];
    }
    return new ClassProbabilities(truth, both, 2);
  }

  /// The mean of minus the logarithm of the true class's probability.
  public Measured logLoss(Resampling intervals) {
    return Means.loss(Means.of(logLosses(), intervals.level()));
  }

  /// That of each row.
  public double[] logLosses() {
    double[] losses = new double[truth.length];
    for (int row = 0; row < truth.length; row++) {
      losses[row] = -Math.log(Math.clamp(of(row, truth[row]), EDGE, 1 - EDGE));
    }
    return losses;
  }

  /// The mean squared distance to the truth: of the positive class where there are two, summed over
  /// the classes where there are more.
  public Measured brier(Resampling intervals) {
    return Means.loss(Means.of(squaredDistances(), intervals.level()));
  }

  /// That of each row.
  public double[] squaredDistances() {
    double[] losses = new double[truth.length];
    for (int row = 0; row < truth.length; row++) {
      double sum = 0;
      for (int each = 0; each < classes; each++) {
        double off = of(row, each) - (truth[row] == each ? 1 : 0);
        sum += off * off;
      }
      losses[row] = classes == 2 ? sum / 2 : sum;
    }
    return losses;
  }

  /// How often the true class is among the k likeliest. Of equal probabilities the later class
  /// counts as likelier, as in `top_k_accuracy_score`.
  public Measured topK(int k, Resampling intervals) {
    long hits = 0;
    for (int row = 0; row < truth.length; row++) {
      double own = of(row, truth[row]);
      int ahead = 0;
      for (int each = 0; each < classes; each++) {
        double other = of(row, each);
        if (other > own || (other == own && each > truth[row])) {
          ahead++;
        }
      }
      hits += ahead < k ? 1 : 0;
    }
    return Wilson.share(hits, truth.length, 1, intervals.level());
  }

  /// One class's probability against whether it is the truth.
  public ScoredTruths oneVersusRest(int oneClass) {
    double[] scores = new double[truth.length];
    boolean[] positive = new boolean[truth.length];
    for (int row = 0; row < truth.length; row++) {
      scores[row] = of(row, oneClass);
      positive[row] = truth[row] == oneClass;
    }
    return ScoredTruths.of(scores, positive);
  }

  /// Of the rows of two classes.
  ScoredTruths pair(int positiveClass, int negativeClass) {
    double[] scores = new double[truth.length];
    boolean[] positive = new boolean[truth.length];
    int kept = 0;
    for (int row = 0; row < truth.length; row++) {
      if (truth[row] == positiveClass || truth[row] == negativeClass) {
        scores[kept] = of(row, positiveClass);
        positive[kept++] = truth[row] == positiveClass;
      }
    }
    return ScoredTruths.of(Arrays.copyOf(scores, kept), Arrays.copyOf(positive, kept));
  }

  double of(int row, int oneClass) {
    return probabilities[row * classes + oneClass];
  }
}
