package dev.sightline.stats.drift;

import dev.sightline.stats.column.Bins;
import dev.sightline.stats.column.PairedCounts;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.column.TiedWalk;
import java.util.Arrays;

/// How other products cut a feature into bins before they compare it.
///
/// @param variant in words
record Binning(PairedCounts counts, String variant) {
  private static final int EVIDENTLY_FEW = 20;
  private static final int NANNYML_FEW = 50;
  private static final double NANNYML_FEW_SHARE = 0.1;
  private static final int WHYLABS_BINS = 30;
  private static final int DECILES = 10;

  /// Evidently's `get_binned_data`: Sturges's rule on both windows together where the reference has
  /// more than 20 distinct numbers, else categories.
  static Binning evidently(FeaturePair pair) {
    if (pair instanceof FeaturePair.Numeric(SortedColumn reference, SortedColumn current)
        && reference.distinct() > EVIDENTLY_FEW) {
      double min = Math.min(reference.min(), current.min());
      double max = Math.max(reference.max(), current.max());
      double[] edges = Bins.sturges(min, max, (long) reference.n() + current.n());
      return binned(reference, current, edges, "Sturges of both");
    }
    return categories(pair);
  }

  /// Evidently's Hellinger distance counts distinct values, not rows, in Sturges's rule.
  static Binning evidentlyHellinger(FeaturePair pair) {
    if (pair instanceof FeaturePair.Numeric(SortedColumn reference, SortedColumn current)) {
      long distinct = 0;
      TiedWalk walk = new TiedWalk(reference, current);
      while (walk.next()) {
        distinct++;
      }
      double min = Math.min(reference.min(), current.min());
      double max = Math.max(reference.max(), current.max());
      double[] edges = Bins.sturges(min, max, distinct);
      return binned(reference, current, edges, "Sturges of distinct values");
    }
    return categories(pair);
  }

  /// NannyML's: the reference alone sets the bins, by Doane's rule for numbers of many values;
  /// whatever else is current falls into one more.
  static Binning nannyMl(FeaturePair pair) {
    if (!(pair instanceof FeaturePair.Numeric(SortedColumn reference, SortedColumn current))) {
      return withRest(known(pair.categories()), pair.nCurrent(), "categories of the reference");
    }
    boolean many =
        reference.distinct() > NANNYML_FEW
            || (double) reference.distinct() / reference.n() > NANNYML_FEW_SHARE;
    if (!many) {
      return withRest(known(pair.categories()), current.n(), "values of the reference");
    }
    PairedCounts counts = PairedCounts.ofBins(reference, current, Bins.doane(reference));
    return withRest(counts, current.n(), "Doane of the reference");
  }

  static Binning whyLabs(FeaturePair pair) {
    if (pair instanceof FeaturePair.Numeric(SortedColumn reference, SortedColumn current)) {
      double min = Math.min(reference.min(), current.min());
      double max = Math.max(reference.max(), current.max());
      double[] edges = Bins.equalWidth(min, max, WHYLABS_BINS);
      return binned(reference, current, edges, "30 bins of equal width");
    }
    return categories(pair);
  }

  static Binning deciles(FeaturePair pair) {
    if (pair instanceof FeaturePair.Numeric(SortedColumn reference, SortedColumn current)) {
      return binned(
          reference, current, Bins.quantiles(reference, DECILES), "deciles of the reference");
    }
    return categories(pair);
  }

  static Binning categories(FeaturePair pair) {
    return new Binning(pair.categories().occurring(), "categories");
  }

  private static Binning binned(
      SortedColumn reference, SortedColumn current, double[] edges, String variant) {
    return new Binning(PairedCounts.ofBins(reference, current, edges), variant);
  }

  /// One more category: current rows that no bin has taken.
  private static Binning withRest(PairedCounts counts, long nCurrent, String variant) {
    long[] reference = Arrays.copyOf(counts.reference(), counts.size() + 1);
    long[] current = Arrays.copyOf(counts.current(), counts.size() + 1);
    current[counts.size()] = nCurrent - counts.nCurrent();
    return new Binning(new PairedCounts(reference, current), variant + " and one more");
  }

  /// The current rows of categories that the reference does not have, taken out.
  private static PairedCounts known(PairedCounts counts) {
    long[] current = counts.current().clone();
    for (int category = 0; category < current.length; category++) {
      current[category] = counts.reference()[category] == 0 ? 0 : current[category];
    }
    return new PairedCounts(counts.reference(), current).occurring();
  }
}
