package dev.sightline.quality.performance;

import dev.sightline.stats.probability.Seed;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Rows with their scores: all of them up to a limit, beyond it a uniform sample that a seed fixes
/// (J. Vitter, "Random sampling with a reservoir", 1985).
///
/// Owned by one thread.
final class ScoredRows {
  private static final long SEED = 20_240_508;

  private final int width;
  private final int limit;
  private final RandomGenerator random = Seed.generator(SEED);
  private int[] truths = {};
  private int[] predictions = {};
  private double[] scores = {};
  private int kept;
  private int place;
  private long seen;

  /// @param width scores of each row
  /// @param limit of rows that are kept
  ScoredRows(int width, int limit) {
    this.width = width;
    this.limit = limit;
  }

  void add(int truth, int prediction, double[] row) {
    if (takes()) {
      put(truth, prediction, row);
    }
  }

  /// Whether the next row is kept; [#put] comes then, and only then.
  boolean takes() {
    seen++;
    if (kept < limit) {
      place = kept++;
      if (kept > truths.length) {
        grow();
      }
      return true;
    }
    long drawn = random.nextLong(seen);
    place = (int) Math.min(drawn, limit);
    return drawn < limit;
  }

  void put(int truth, int prediction, double[] row) {
    truths[place] = truth;
    predictions[place] = prediction;
    System.arraycopy(row, 0, scores, place * width, width);
  }

  private void grow() {
    int room = Math.min(limit, Math.max(64, kept * 2));
    truths = Arrays.copyOf(truths, room);
    predictions = Arrays.copyOf(predictions, room);
    scores = Arrays.copyOf(scores, room * width);
  }

  int kept() {
    return kept;
  }

  long seen() {
    return seen;
  }

  int width() {
    return width;
  }

  int truth(int row) {
    return truths[row];
  }

  int prediction(int row) {
    return predictions[row];
  }

  double score(int row, int column) {
    return scores[row * width + column];
  }
}
