package dev.sightline.quality.offline;

import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.sketch.NumberSketch;
import dev.sightline.stats.sketch.TextSketch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.DoubleUnaryOperator;

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
    SortedMap<Double, long[]> few = ColumnComparison.fewValues(column, null);
    if (column.n() > 0) {
      SortedColumn sorted = column.sorted();
      if (sorted != null) {
        spread(numbers, column.n(), sorted.mean(), sorted.squares());
        shape(numbers, sorted.min(), sorted::quantile, sorted.max());
        distinct = sorted.distinct();
      } else {
        NumberSketch sketch = column.sketch();
        spread(numbers, column.n(), sketch.mean(), sketch.squares());
        shape(numbers, sketch.min(), sketch::quantile, sketch.max());
        distinct = Math.round(sketch.distinct());
      }
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

  private static void spread(Map<String, Double> into, long n, double mean, double squares) {
    into.put("mean", mean);
    into.put("std", n > 1 ? Math.sqrt(squares / (n - 1)) : 0.0);
  }

  private static void shape(
      Map<String, Double> into, double min, DoubleUnaryOperator quantile, double max) {
    into.put("min", min);
    for (double probability : QUANTILES) {
      into.put(Double.toString(probability), quantile.applyAsDouble(probability));
    }
    into.put("max", max);
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
