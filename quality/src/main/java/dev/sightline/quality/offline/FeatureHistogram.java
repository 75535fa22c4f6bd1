package dev.sightline.quality.offline;

import dev.sightline.stats.column.Bins;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.sketch.SketchBins;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How often each bin or category occurs on both sides; a profile has the reference's side alone.
///
/// @param edges of bins, one more than counts; empty where there are categories
/// @param categories the most frequent first, all others in the last; empty where there are bins
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FeatureHistogram(
    double[] edges, List<String> categories, long[] reference, long @Nullable [] current) {
  private static final int BINS = 20;
  static final int CATEGORIES = 20;
  private static final double TAIL = 0.005;
  private static final String OTHER = "(other)";

  public FeatureHistogram {
    categories = List.copyOf(categories);
  }

  /// Twenty bins of equal width over the middle 99 % of both sides; the outermost reach to the
  /// extremes.
  static FeatureHistogram ofNumbers(NumberColumn reference, @Nullable NumberColumn current) {
    if (reference.n() == 0 || (current != null && current.n() == 0)) {
      return new FeatureHistogram(new double[0], List.of(), new long[0], null);
    }
    double min = quantile(reference, 0);
    double max = quantile(reference, 1);
    double low = quantile(reference, TAIL);
    double high = quantile(reference, 1 - TAIL);
    if (current != null) {
      min = Math.min(min, quantile(current, 0));
      max = Math.max(max, quantile(current, 1));
      low = Math.min(low, quantile(current, TAIL));
      high = Math.max(high, quantile(current, 1 - TAIL));
    }
    double[] edges = Bins.equalWidth(low, high, low == high ? 1 : BINS);
    edges[0] = Math.min(edges[0], min);
    edges[edges.length - 1] = Math.max(edges[edges.length - 1], max);
    return new FeatureHistogram(
        edges,
        List.of(),
        counts(reference, edges),
        current == null ? null : counts(current, edges));
  }

  private static double quantile(NumberColumn column, double probability) {
    SortedColumn sorted = column.sorted();
    return sorted != null ? sorted.quantile(probability) : column.sketch().quantile(probability);
  }

  private static long[] counts(NumberColumn column, double[] edges) {
    SortedColumn sorted = column.sorted();
    return sorted != null ? Bins.counts(sorted, edges) : SketchBins.counts(column.sketch(), edges);
  }

  /// @param counts of both sides, by category
  static FeatureHistogram ofCategories(Map<String, long[]> counts, boolean both) {
    List<Map.Entry<String, long[]>> sorted = new ArrayList<>(counts.entrySet());
    sorted.sort(
        Comparator.comparingLong((Map.Entry<String, long[]> entry) -> -sum(entry.getValue()))
            .thenComparing(Map.Entry::getKey));
    Map<String, long[]> shown = new LinkedHashMap<>();
    for (Map.Entry<String, long[]> entry : sorted) {
      boolean room = shown.size() < CATEGORIES || sorted.size() == CATEGORIES + 1;
      long[] into = shown.computeIfAbsent(room ? entry.getKey() : OTHER, _ -> new long[2]);
      into[0] += entry.getValue()[0];
      into[1] += entry.getValue()[1];
    }
    long[] first = shown.values().stream().mapToLong(pair -> pair[0]).toArray();
    long[] second = shown.values().stream().mapToLong(pair -> pair[1]).toArray();
    return new FeatureHistogram(
        new double[0], List.copyOf(shown.keySet()), first, both ? second : null);
  }

  private static long sum(long[] pair) {
    return pair[0] + pair[1];
  }
}
