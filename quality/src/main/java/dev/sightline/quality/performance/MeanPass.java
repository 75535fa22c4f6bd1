package dev.sightline.quality.performance;

import dev.sightline.quality.rows.RowScan;
import dev.sightline.stats.measure.Measured;
import dev.sightline.stats.measure.Resampling;
import java.util.Map;

/// A pass whose measures are made of single rows: of numbers, rankings and texts, not of classes.
interface MeanPass extends GroupPass {
  /// @param task any but classification
  /// @param expectedGroups among whom room for rows is shared
  static MeanPass of(
      Task task, RowScan scan, Grouping grouping, MeasureVariants variants, int expectedGroups) {
    return switch (task) {
      case REGRESSION -> new NumberPass(scan, grouping, variants, expectedGroups);
      case RANKING -> new RankingPass(scan, grouping, variants.placesOfRankings(), expectedGroups);
      case GENERATION -> new GenerationPass(scan, grouping);
      case CLASSIFICATION -> throw new IllegalStateException("BUG: classes have no means");
    };
  }

  /// Rows of a group that have something to measure.
  long measured(int group);

  /// By name; empty where there is nothing to measure.
  Map<String, Measured> measures(int group, long minimumN, Resampling intervals);

  /// Labelled rows that are left out, because nothing can be measured on them.
  long unusable();
}
