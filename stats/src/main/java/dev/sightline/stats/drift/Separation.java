package dev.sightline.stats.drift;

import dev.sightline.stats.learn.LogisticModel;
import dev.sightline.stats.learn.SparseRows;
import dev.sightline.stats.probability.Seed;
import dev.sightline.stats.probability.Tails;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// How well a weighted sum of numbers tells rows of the current window from those of the reference:
/// a [DomainClassifier] for many columns, such as embeddings and words.
///
/// @param auc of rows that the weights were not learnt from: about 0.5 where the windows cannot be
///   told apart, 1 where every row can
/// @param pValue how often chance alone gives as large an area
/// @param reference chances that rows of the reference are current, of weights that had not seen
///   them
/// @param current the same of current rows
/// @param whole learnt from all rows: which columns tell the windows apart
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Separation(
    double auc, double pValue, double[] reference, double[] current, LogisticModel whole) {
  private static final int FOLDS = 5;

  /// Fewer rows on a side cannot be learnt from.
  public static final int FEWEST = 2 * FOLDS;

  /// @param rows those of the reference first
  /// @param trust see [LogisticModel#fit]
  static Separation of(SparseRows rows, int nReference, double trust, long seed) {
    int n = rows.n();
    int[] folds = new int[n];
    RandomGenerator random = Seed.generator(seed);
    deal(folds, 0, nReference, random);
    deal(folds, nReference, n, random);
    boolean[] hits = new boolean[n];
    Arrays.fill(hits, nReference, n, true);
    double[] scores = new double[n];
    double auc = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
      int[] inside = rowsOf(folds, fold, true);
      LogisticModel model = LogisticModel.fit(rows, rowsOf(folds, fold, false), hits, trust);
      for (int row : inside) {
        scores[row] = model.of(rows, row);
      }
      auc += auc(scores, inside, nReference) / FOLDS;
    }
    int[] all = rowsOf(folds, -1, false);
    return new Separation(
        auc,
        pValue(auc, nReference, n - nReference),
        Arrays.copyOf(scores, nReference),
        Arrays.copyOfRange(scores, nReference, n),
        LogisticModel.fit(rows, all, hits, trust));
  }

  /// Folds of about equally many rows.
  private static void deal(int[] folds, int from, int to, RandomGenerator random) {
    for (int row = from; row < to; row++) {
      int other = from + random.nextInt(row - from + 1);
      folds[row] = folds[other];
      folds[other] = (row - from) % FOLDS;
    }
  }

  private static int[] rowsOf(int[] folds, int fold, boolean inside) {
    int[] rows = new int[folds.length];
    int count = 0;
    for (int row = 0; row < folds.length; row++) {
      if ((folds[row] == fold) == inside) {
        rows[count++] = row;
      }
    }
    return Arrays.copyOf(rows, count);
  }

  private static double auc(double[] scores, int[] rows, int nReference) {
    double[] first =
        Arrays.stream(rows)
            .filter(row -> row < nReference)
            .mapToDouble(row -> scores[row])
            .toArray();
    double[] second =
        Arrays.stream(rows)
            .filter(row -> row >= nReference)
            .mapToDouble(row -> scores[row])
            .toArray();
    return DomainClassifier.auc(first, second);
  }

  /// Of an area at least as large by chance: the normal limit of H. Mann and D. Whitney (1947).
  private static double pValue(double auc, double n, double m) {
    return Tails.normal((auc - 0.5) / chanceDeviation(n, m));
  }

  /// How far the area lies from 0.5 by chance alone.
  static double chanceDeviation(double n, double m) {
    return Math.sqrt((n + m + 1) / (12 * n * m));
  }

  /// Twice what the area is above 0.5: a current row's score is larger so much more often than
  /// smaller.
  public double effect() {
    return Math.max(0, 2 * auc - 1);
  }
}
