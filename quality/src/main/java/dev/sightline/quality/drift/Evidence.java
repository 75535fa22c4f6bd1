package dev.sightline.quality.drift;

import dev.sightline.quality.baseline.FeatureColumn;
import dev.sightline.stats.column.PairedCounts;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.distance.CountDistances;
import dev.sightline.stats.drift.Separation;
import dev.sightline.stats.sketch.SketchDistances;
import dev.sightline.stats.test.ChiSquare;
import dev.sightline.stats.test.KolmogorovSmirnov;
import org.jspecify.annotations.Nullable;

/// Whether chance explains how far a feature has moved, and how far that is; the same for every
/// feature and method, so that features can be ranked by it.
///
/// @param effect the largest share of rows that is in another place: Kolmogorov-Smirnov's distance
///   of numbers, the total variation of words, twice a classifier's area above 0.5 for texts and
///   vectors; 0 to 1
/// @param pValue how often chance alone moves a feature as far
public record Evidence(double effect, double pValue) {
  /*
   * A limit on a distance says nothing about chance: two windows of a hundred rows of one
   * distribution are 0.1 deviations apart as often as not. A limit on a p-value says nothing about
   * size: with enough rows everything differs. So an alert asks for both: further than chance goes
   * at one in a thousand for all features together, and a tenth of the rows moved.
   */
  private static final double LEVEL = 0.001;
  private static final double SMALLEST_EFFECT = 0.1;

  /// Rarer words than this on both sides together are one word, so that the test holds.
  private static final long RARE = 10;

  /// @return null where a side has no rows, or too few texts or vectors to learn from
  static @Nullable Evidence of(FeatureColumn reference, FeatureColumn current) {
    if (reference.n() == 0 || current.n() == 0) {
      return null;
    }
    return switch (reference) {
      case FeatureColumn.Vectors _, FeatureColumn.Sentences _ -> null;
      case FeatureColumn.Words first when current instanceof FeatureColumn.Words second ->
          ofWords(Pairs.counts(first, second));
      case FeatureColumn.Numbers(SortedColumn first, long _)
          when current instanceof FeatureColumn.Numbers(SortedColumn second, long _) ->
          new Evidence(
              KolmogorovSmirnov.distance(first, second),
              KolmogorovSmirnov.asymptotic(first, second).pValue());
      default -> ofSketches(reference, current);
    };
  }

  /// Of texts and vectors: as well as a classifier tells them apart.
  static Evidence of(Separation separation) {
    return new Evidence(separation.effect(), separation.pValue());
  }

  private static Evidence ofWords(PairedCounts counts) {
    PairedCounts pooled = pooled(counts);
    double pValue = pooled.size() < 2 ? 1 : ChiSquare.contingency(pooled).pValue();
    return new Evidence(CountDistances.totalVariation(counts), pValue);
  }

  private static Evidence ofSketches(FeatureColumn reference, FeatureColumn current) {
    double distance =
        SketchDistances.kolmogorovSmirnov(FeatureSketch.of(reference), FeatureSketch.of(current));
    return new Evidence(
        distance,
        KolmogorovSmirnov.asymptotic(distance, (double) reference.n(), (double) current.n()));
  }

  private static PairedCounts pooled(PairedCounts counts) {
    long[] reference = new long[counts.size() + 1];
    long[] current = new long[counts.size() + 1];
    for (int word = 0; word < counts.size(); word++) {
      boolean rare = counts.reference()[word] + counts.current()[word] < RARE;
      int place = rare ? counts.size() : word;
      reference[place] += counts.reference()[word];
      current[place] += counts.current()[word];
    }
    return new PairedCounts(reference, current).occurring();
  }

  /// @param features among how many the level is shared
  boolean isBeyondChance(int features) {
    return effect >= SMALLEST_EFFECT && pValue * features <= LEVEL;
  }
}
