package dev.sightline.promql.script;

import dev.sightline.model.histogram.Buckets;
import dev.sightline.model.histogram.CustomBounds;
import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.script.SeriesLine;
import dev.sightline.script.SeriesValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes native histograms of custom buckets from classic ones: what `load_with_nhcb` adds.
final class ClassicBuckets {
  private final TreeMap<Double, SeriesLine> buckets = new TreeMap<>();
  private @Nullable SeriesLine sums;
  private @Nullable SeriesLine counts;

  private ClassicBuckets() {}

  static List<SeriesLine> converted(List<SeriesLine> lines) {
    Map<Labels, ClassicBuckets> all = new LinkedHashMap<>();
    for (SeriesLine line : lines) {
      String name = line.labels().get(Label.METRIC_NAME);
      for (String suffix : List.of("_bucket", "_sum", "_count")) {
        if (name.endsWith(suffix)) {
          String base = name.substring(0, name.length() - suffix.length());
          Labels labels = line.labels().with(Label.METRIC_NAME, base).without("le");
          all.computeIfAbsent(labels, _ -> new ClassicBuckets()).take(suffix, line);
        }
      }
    }
    List<SeriesLine> converted = new ArrayList<>();
    all.forEach(
        (labels, histogram) -> {
          if (!histogram.buckets.isEmpty()) {
            converted.add(histogram.line(labels));
          }
        });
    return converted;
  }

  private void take(String suffix, SeriesLine line) {
    switch (suffix) {
      case "_bucket" -> {
        Double bound = bound(line.labels().get("le"));
        if (bound != null) {
          buckets.put(bound, line);
        }
      }
      case "_sum" -> sums = line;
      default -> counts = line;
    }
  }

  private static @Nullable Double bound(String le) {
    try {
      return SeriesLine.number(le);
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private SeriesLine line(Labels labels) {
    int size = buckets.values().stream().mapToInt(line -> line.values().size()).max().orElse(0);
    List<@Nullable SeriesValue> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      NativeHistogram histogram = at(i);
      values.add(histogram == null ? null : new SeriesValue(histogram.sum(), histogram, false));
    }
    return new SeriesLine(labels, values);
  }

  private @Nullable NativeHistogram at(int index) {
    TreeMap<Double, Double> cumulative = new TreeMap<>();
    buckets.forEach(
        (bound, line) -> {
          Double count = number(line, index);
          if (count != null) {
            cumulative.put(bound, count);
          }
        });
    if (cumulative.isEmpty()) {
      return null;
    }
    Double counted = number(counts, index);
    double count = counted == null ? cumulative.lastEntry().getValue() : counted;
    cumulative.putIfAbsent(Double.POSITIVE_INFINITY, count);
    double[] each = new double[cumulative.size()];
    int at = 0;
    double before = 0;
    for (double total : cumulative.values()) {
      each[at++] = total - before;
      before = total;
    }
    double[] bounds =
        cumulative.keySet().stream().mapToDouble(b -> b).filter(Double::isFinite).toArray();
    Double sum = number(sums, index);
    return NativeHistogram.custom(
        CustomBounds.of(bounds), count, sum == null ? 0 : sum, Buckets.from(0, each));
  }

  private static @Nullable Double number(@Nullable SeriesLine line, int index) {
    SeriesValue value =
        line == null || index >= line.values().size() ? null : line.values().get(index);
    return value == null ? null : value.number();
  }
}
