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

  /// Adds those of other rows: all where there is room, else of each side as many as its share of
  /// the rows is, drawn at random.
  ///
  /// @param classes of each class of theirs, ours
  void merge(ScoredRows other, int[] classes) {
    double all = (double) seen + other.seen;
    double room = Math.min(all, limit);
    double fewest =
        Math.min(room, Math.min(most(kept, seen, all), most(other.kept, other.seen, all)));
    int ours = all == 0 ? 0 : (int) Math.min(kept, Math.round(fewest * seen / all));
    int theirs = all == 0 ? 0 : (int) Math.min(other.kept, Math.round(fewest) - ours);
    keepSome(ours);
    other.keepSome(theirs);
    truths = Arrays.copyOf(truths, ours + theirs);
    predictions = Arrays.copyOf(predictions, ours + theirs);
    scores = Arrays.copyOf(scores, (ours + theirs) * width);
    for (int row = 0; row < theirs; row++) {
      truths[ours + row] = classes[other.truths[row]];
      predictions[ours + row] = classes[other.predictions[row]];
    }
    System.arraycopy(other.scores, 0, scores, ours * width, theirs * width);
    kept = ours + theirs;
    seen += other.seen;
  }

  /// @return how many rows of both sides may be kept, so that these are enough for their share
  private static double most(int kept, long seen, double all) {
    return seen == 0 ? all : kept / (double) seen * all;
  }

  /// Draws as many (R. A. Fisher and F. Yates, 1938) of those that are kept.
  private void keepSome(int wanted) {
    for (int row = 0; row < wanted && wanted < kept; row++) {
      int drawn = row + random.nextInt(kept - row);
      truths[row] = swapped(truths, row, drawn);
      predictions[row] = swapped(predictions, row, drawn);
      for (int column = 0; column < width; column++) {
        double one = scores[row * width + column];
        scores[row * width + column] = scores[drawn * width + column];
        scores[drawn * width + column] = one;
      }
    }
    kept = wanted;
  }

  private static int swapped(int[] values, int row, int drawn) {
    int there = values[drawn];
    values[drawn] = values[row];
    return there;
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
