package dev.sightline.promql.eval;

import dev.sightline.model.label.Matcher;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.series.SeriesSource.SelectedSeries;
import dev.sightline.model.series.SeriesSource.Selection;
import dev.sightline.model.series.Staleness;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.RangeMode;
import java.util.List;
import java.util.function.BiConsumer;

/// Reads what selectors name: once for all steps.
final class Selectors {
  /// What an instant selector yields of the sample it finds.
  enum Part {
    VALUE,
    /// its time, in seconds
    TIME
  }

  private final QueryRun run;
  private final Grid grid;

  Selectors(QueryRun run, Grid grid) {
    this.run = run;
    this.grid = grid;
  }

  /// The latest sample at each step that is younger than the lookback and no staleness marker.
  void instant(Expr.VectorSelector selector, Part part, ColumnSink sink) {
    if (selector.mode() == RangeMode.SMOOTHED) {
      smoothed(selector, sink);
      return;
    }
    Lookup lookup = new Lookup(run, grid, selector.shift());
    double[] column = new double[grid.count()];
    read(
        selector.matchers(),
        lookup.firstMs() - run.lookbackMs() + 1,
        lookup.lastMs(),
        (series, samples) -> {
          if (fill(column, samples, lookup, part)) {
            sink.accept(series.labels(), false, column);
          }
        });
  }

  /// All samples that the windows of a matrix selector can see.
  void range(Expr.MatrixSelector matrix, SamplesSink sink) {
    Lookup lookup = new Lookup(run, grid, matrix.selector().shift());
    long windowMs = lookup.windowMs(matrix.range(), matrix.position());
    SampleColumns live = new SampleColumns();
    read(
        matrix.selector().matchers(),
        lookup.firstMs() - windowMs - before(matrix.mode()) + 1,
        lookup.lastMs() + after(matrix.mode()),
        (series, samples) -> {
          SampleColumns unmarked = withoutMarkers(samples, live);
          if (unmarked.size() > 0) {
            sink.accept(series.labels(), false, unmarked);
          }
        });
  }

  /// How far before its start a window sees samples.
  long before(RangeMode mode) {
    return mode == RangeMode.PLAIN ? 0 : run.lookbackMs();
  }

  /// How far after its end a window sees samples.
  long after(RangeMode mode) {
    return mode == RangeMode.SMOOTHED ? run.lookbackMs() : 0;
  }

  /// The value at each step on the line between the samples around it.
  private void smoothed(Expr.VectorSelector selector, ColumnSink sink) {
    Lookup lookup = new Lookup(run, grid, selector.shift());
    long lookbackMs = run.lookbackMs();
    double[] column = new double[grid.count()];
    SampleColumns live = new SampleColumns();
    read(
        selector.matchers(),
        lookup.firstMs() - lookbackMs + 1,
        lookup.lastMs() + lookbackMs,
        (series, samples) -> {
          Window window = new Window(lookup, lookbackMs, 0, lookbackMs);
          window.open(withoutMarkers(samples, live));
          for (int i = 0; i < column.length; i++) {
            window.moveTo(i);
            column[i] = window.size() == 0 ? Absent.VALUE : Edges.at(window, window.endMs());
          }
          sink.accept(series.labels(), false, column);
        });
  }

  private void read(
      List<Matcher> matchers,
      long startMs,
      long endMs,
      BiConsumer<SelectedSeries, SampleColumns> reader) {
    run.budget().check();
    SampleColumns samples = new SampleColumns();
    try (Selection selection = run.source().select(matchers, startMs, endMs)) {
      for (SelectedSeries series : selection.series()) {
        samples.clear();
        series.read(samples);
        run.budget().charge(samples.size());
        reader.accept(series, samples);
      }
    }
  }

  /// @return whether any step has a value
  private boolean fill(double[] column, SampleColumns samples, Lookup lookup, Part part) {
    long[] timestampsMs = samples.timestampsMs();
    double[] values = samples.values();
    int size = samples.size();
    int next = 0;
    boolean any = false;
    for (int i = 0; i < column.length; i++) {
      long nowMs = lookup.timeMs(i);
      while (next < size && timestampsMs[next] <= nowMs) {
        next++;
      }
      double value = Absent.VALUE;
      if (next > 0 && timestampsMs[next - 1] > nowMs - run.lookbackMs()) {
        value = values[next - 1];
        if (!Absent.is(value)) {
          any = true;
          value = part == Part.TIME ? timestampsMs[next - 1] / 1000.0 : value;
        }
      }
      column[i] = value;
    }
    run.budget().work(column.length);
    return any;
  }

  private static SampleColumns withoutMarkers(SampleColumns samples, SampleColumns spare) {
    double[] values = samples.values();
    int size = samples.size();
    int first = 0;
    while (first < size && !Staleness.isMarker(values[first])) {
      first++;
    }
    if (first == size) {
      return samples;
    }
    spare.clear();
    for (int i = 0; i < size; i++) {
      if (!Staleness.isMarker(values[i])) {
        spare.add(samples.timestampMs(i), values[i]);
      }
    }
    return spare;
  }
}
