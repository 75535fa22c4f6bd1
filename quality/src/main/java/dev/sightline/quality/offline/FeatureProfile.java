package dev.sightline.quality.offline;

import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.sketch.NumberSketch;
import dev.sightline.stats.sketch.TextSketch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// What one column of a file holds.
///
/// @param type `number` or `category`
/// @param source `exact`, or `sketch` where quantiles and counts are estimates
/// @param distinct estimated to about 2 % where `source` says so
/// @param numbers by name, such as `mean` and `0.5` for the median; empty for categories
/// @param frequent the most frequent categories with their counts; empty for numbers
public record FeatureProfile(
    String feature,
    String type,
    String source,
    long n,
    long missing,
    long infinite,
    long distinct,
    Map<String, Double> numbers,
    Map<String, Long> frequent,
    FeatureHistogram histogram) {
  private static final double[] QUANTILES = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};

  static FeatureProfile of(String feature, ColumnKept kept) {
    return switch (kept) {
      case NumberColumn numbers -> ofNumbers(feature, numbers);
      case TextColumn texts -> ofTexts(feature, texts);
    };
  }

  private static FeatureProfile ofNumbers(String feature, NumberColumn column) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    long distinct = 0;
    TreeMap<Double, long[]> few = ColumnComparison.fewValues(column, null);
    if (column.n() > 0) {
      SortedColumn sorted = column.sorted();
      NumberSketch sketch = sorted == null ? column.sketch() : null;
      double squares = sketch == null ? sorted.squares() : sketch.squares();
      numbers.put("mean", sketch == null ? sorted.mean() : sketch.mean());
      numbers.put("std", column.n() > 1 ? Math.sqrt(squares / (column.n() - 1)) : 0.0);
      numbers.put("min", sketch == null ? sorted.min() : sketch.min());
      for (double quantile : QUANTILES) {
        numbers.put(
            Double.toString(quantile),
            sketch == null ? sorted.quantile(quantile) : sketch.quantile(quantile));
      }
      numbers.put("max", sketch == null ? sorted.max() : sketch.max());
      distinct = sketch == null ? sorted.distinct() : Math.round(sketch.distinct());
    }
    FeatureHistogram histogram =
        few != null && few.size() <= FeatureHistogram.CATEGORIES
            ? FeatureHistogram.ofCategories(ColumnComparison.named(few), false)
            : FeatureHistogram.ofNumbers(column, null);
    return new FeatureProfile(
        feature,
        "number",
        source(column),
        column.n(),
        column.missing(),
        column.infinite(),
        few != null ? few.size() : distinct,
        numbers,
        Map.of(),
        histogram);
  }

  private static FeatureProfile ofTexts(String feature, TextColumn column) {
    Map<String, Long> counts = column.counts();
    Map<String, long[]> paired = new LinkedHashMap<>();
    long distinct;
    if (counts == null) {
      TextSketch sketch = column.sketch();
      ColumnComparison.add(ColumnComparison.frequent(sketch), 0, paired);
      distinct = Math.round(sketch.distinct());
    } else {
      ColumnComparison.add(counts, 0, paired);
      distinct = counts.size();
    }
    FeatureHistogram histogram = FeatureHistogram.ofCategories(paired, false);
    Map<String, Long> frequent = new LinkedHashMap<>();
    for (int place = 0; place < histogram.categories().size(); place++) {
      frequent.put(histogram.categories().get(place), histogram.reference()[place]);
    }
    return new FeatureProfile(
        feature,
        "category",
        source(column),
        column.n(),
        column.missing(),
        0,
        distinct,
        Map.of(),
        frequent,
        histogram);
  }

  private static String source(ColumnKept kept) {
    return kept.isExact() ? "exact" : "sketch";
  }
}
