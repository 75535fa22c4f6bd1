package dev.sightline.promql.eval;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Labels;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.series.SampleColumns;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps the series of a vector as samples, and joins columns of the same labels, which must not
/// overlap.
final class SeriesCollector implements MixedSink {
  /// @param dropName whether the name is still to fall away
  record Collected(Labels labels, boolean dropName, SampleColumns samples) {}

  private final Budget budget;
  private final Grid grid;
  private final boolean finish;
  private final Map<Labels, Collected> collected = new LinkedHashMap<>();

  /// @param finish whether names that are to fall away do so now
  SeriesCollector(Budget budget, Grid grid, boolean finish) {
    this.budget = budget;
    this.grid = grid;
    this.finish = finish;
  }

  @Override
  public void any(
      Labels labels,
      boolean dropName,
      double[] column,
      @Nullable NativeHistogram @Nullable [] histograms) {
    int present = 0;
    for (int i = 0; i < column.length; i++) {
      boolean histogram = histograms != null && histograms[i] != null;
      present += Absent.is(column[i]) && !histogram ? 0 : 1;
    }
    if (present == 0) {
      return;
    }
    budget.charge(2L * present + HistogramColumns.size(histograms));
    SampleColumns samples = new SampleColumns(present);
    for (int i = 0; i < column.length; i++) {
      NativeHistogram histogram = histograms == null ? null : histograms[i];
      if (histogram != null) {
        samples.add(grid.timeMs(i), histogram);
      } else if (!Absent.is(column[i])) {
        samples.add(grid.timeMs(i), column[i]);
      }
    }
    Labels key = finish ? Names.finished(labels, dropName) : labels;
    Collected series = new Collected(key, dropName && !finish, samples);
    collected.merge(key, series, SeriesCollector::joined);
  }

  Collection<Collected> series() {
    return collected.values();
  }

  private static Collected joined(Collected one, Collected other) {
    SampleColumns a = one.samples();
    SampleColumns b = other.samples();
    SampleColumns all = new SampleColumns(a.size() + b.size());
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      long left = i < a.size() ? a.timestampMs(i) : Long.MAX_VALUE;
      long right = j < b.size() ? b.timestampMs(j) : Long.MAX_VALUE;
      if (left == right) {
        throw duplicate();
      }
      if (left < right) {
        all.addFrom(a, i++);
      } else {
        all.addFrom(b, j++);
      }
    }
    return new Collected(one.labels(), one.dropName(), all);
  }

  static QueryException duplicate() {
    return new QueryException.Failed("vector cannot contain metrics with the same labelset");
  }
}
