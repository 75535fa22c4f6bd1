package dev.sightline.script.memory;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.CodePointOrder;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.series.SeriesSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Series in memory: the smallest store there is, for tests of what reads series.
public final class MemorySeries implements SeriesSource {
  // guarded by this
  private final Map<Labels, NavigableMap<Long, Held>> samplesByLabels = new TreeMap<>();

  private record Held(double value, @Nullable NativeHistogram histogram, long startMs) {}

  /// Adds a sample, or replaces the one of the same time.
  public synchronized void add(Labels labels, long timestampMs, double value) {
    put(labels, timestampMs, new Held(value, null, SampleColumns.NO_START));
  }

  /// Adds a sample that counts since a time, or replaces the one of the same time.
  public synchronized void add(Labels labels, long timestampMs, double value, long startMs) {
    put(labels, timestampMs, new Held(value, null, startMs));
  }

  /// Adds a histogram, or replaces the sample of the same time.
  ///
  /// @param startMs since when it counts, or [SampleColumns#NO_START]
  public synchronized void add(
      Labels labels, long timestampMs, NativeHistogram histogram, long startMs) {
    put(labels, timestampMs, new Held(histogram.sum(), histogram, startMs));
  }

  private void put(Labels labels, long timestampMs, Held held) {
    samplesByLabels.computeIfAbsent(labels, _ -> new TreeMap<>()).put(timestampMs, held);
  }

  private static void copy(long timestampMs, Held held, SampleColumns into) {
    if (held.histogram() == null) {
      into.add(timestampMs, held.value());
    } else {
      into.add(timestampMs, held.histogram());
    }
    into.startedAt(held.startMs());
  }

  public synchronized void clear() {
    samplesByLabels.clear();
  }

  @Override
  public synchronized Selection select(List<Matcher> matchers, long startMs, long endMs) {
    List<Found> found = new ArrayList<>();
    samplesByLabels.forEach(
        (labels, samples) -> {
          if (startMs <= endMs && matches(labels, matchers)) {
            SampleColumns columns = new SampleColumns();
            samples
                .subMap(startMs, true, endMs, true)
                .forEach((timeMs, held) -> copy(timeMs, held, columns));
            if (columns.size() > 0) {
              found.add(new Found(labels, columns));
            }
          }
        });
    return new FoundSeries(found);
  }

  @Override
  public List<Labels> series(List<Matcher> matchers, long startMs, long endMs) {
    try (Selection selection = select(matchers, startMs, endMs)) {
      List<Labels> labels = new ArrayList<>();
      selection.series().forEach(series -> labels.add(series.labels()));
      return labels;
    }
  }

  @Override
  public List<String> labelNames(List<Matcher> matchers, long startMs, long endMs) {
    TreeSet<String> names = new TreeSet<>(CodePointOrder::compare);
    series(matchers, startMs, endMs).forEach(labels -> names.addAll(labels.toMap().keySet()));
    return List.copyOf(names);
  }

  @Override
  public List<String> labelValues(String name, List<Matcher> matchers, long startMs, long endMs) {
    TreeSet<String> values = new TreeSet<>(CodePointOrder::compare);
    for (Labels labels : series(matchers, startMs, endMs)) {
      if (labels.has(name)) {
        values.add(labels.get(name));
      }
    }
    return List.copyOf(values);
  }

  private static boolean matches(Labels labels, List<Matcher> matchers) {
    return matchers.stream().allMatch(matcher -> matcher.matches(labels.get(matcher.name())));
  }

  private record FoundSeries(List<Found> series) implements Selection {
    @Override
    public void close() {}
  }

  private record Found(Labels labels, SampleColumns samples) implements SelectedSeries {
    @Override
    public void read(SampleColumns into) {
      for (int i = 0; i < samples.size(); i++) {
        into.addFrom(samples, i);
      }
    }
  }
}
