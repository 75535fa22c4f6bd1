package dev.sightline.stats.drift;

import dev.sightline.stats.column.PairedCounts;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.column.TiedWalk;

/// Which method a feature gets where nobody chose one.
public enum MethodChoice {
  /// Evidently's rule: by rows of the reference and by distinct values of both windows.
  EVIDENTLY,
  /// NannyML's: Jensen-Shannon with base 2 for everything.
  NANNYML;

  private static final long SMALL_REFERENCE = 1_000;
  private static final int FEW_VALUES = 5;

  public DriftMethod of(FeaturePair pair) {
    return of(pair instanceof FeaturePair.Numeric, pair.nReference(), distinct(pair));
  }

  /// The same without the rows.
  ///
  /// @param numbers whether the feature's values are numbers
  /// @param distinct values of both windows together; only up to 6 matters
  public DriftMethod of(boolean numbers, long nReference, long distinct) {
    if (this == NANNYML) {
      return DriftMethod.JENSEN_SHANNON_2;
    }
    boolean small = nReference <= SMALL_REFERENCE;
    if (numbers && distinct > FEW_VALUES) {
      return small ? DriftMethod.KS : DriftMethod.WASSERSTEIN;
    }
    if (!small) {
      return DriftMethod.JENSEN_SHANNON;
    }
    return distinct > 2 ? DriftMethod.CHI_SQUARE : DriftMethod.Z;
  }

  /// Of texts: Evidently's, for both.
  public DriftMethod ofTexts(long nReference) {
    return nReference <= SMALL_REFERENCE
        ? DriftMethod.TEXT_CONTENT_CHANCE
        : DriftMethod.TEXT_CONTENT;
  }

  /// Of vectors: Evidently's, for both.
  public DriftMethod ofVectors() {
    return DriftMethod.EMBEDDING_MODEL;
  }

  /// Distinct values of both windows; beyond what the rule asks for, only that there are more.
  private static int distinct(FeaturePair pair) {
    return switch (pair) {
      case FeaturePair.Categorical(PairedCounts categories) -> categories.occurring().size();
      case FeaturePair.Numeric(SortedColumn reference, SortedColumn current) -> {
        TiedWalk walk = new TiedWalk(reference, current);
        int distinct = 0;
        while (distinct <= FEW_VALUES && walk.next()) {
          distinct++;
        }
        yield distinct;
      }
    };
  }
}
