package dev.sightline.promql.eval;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.series.SeriesSource.SelectedSeries;
import dev.sightline.model.series.SeriesSource.Selection;
import dev.sightline.model.series.Staleness;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.RangeMode;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Reads what selectors name: once for all steps.
final class Selectors {
  /// What an instant selector yields of the sample it finds.
  enum Part {
    VALUE,
    /// its time, in seconds
    TIME,
    /// its time, in seconds; histograms are refused
    TIME_OF_FLOAT,
    /// since when it counts, in seconds
    START
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
        selector,
        lookup.firstMs() - run.lookbackMs() + 1,
        lookup.lastMs(),
        (series, samples) -> {
          boolean any = fill(column, samples, lookup, part);
          if (any && part == Part.VALUE && samples.hasHistograms()) {
            sink.accept(series.labels(), false, column, histograms(column, samples, lookup));
          } else if (any) {
            sink.accept(series.labels(), false, column);
          }
        });
  }

  /// Takes the histograms out of the column of values.
  private @Nullable NativeHistogram[] histograms(
      double[] column, SampleColumns samples, Lookup lookup) {
    @Nullable NativeHistogram[] histograms = new NativeHistogram[column.length];
    int next = 0;
    for (int i = 0; i < column.length; i++) {
      while (next < samples.size() && samples.timestampMs(next) <= lookup.timeMs(i)) {
        next++;
      }
      if (!Absent.is(column[i])) {
        histograms[i] = samples.histogram(next - 1);
        column[i] = histograms[i] == null ? column[i] : Absent.VALUE;
      }
    }
    return histograms;
  }

  /// All samples that the windows of a matrix selector can see.
  void range(Expr.MatrixSelector matrix, SamplesSink sink) {
    Lookup lookup = new Lookup(run, grid, matrix.selector().shift());
    long windowMs = lookup.windowMs(matrix.range(), matrix.position());
    SampleColumns live = new SampleColumns();
    read(
        matrix.selector(),
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
    Interpolation interpolation = new Interpolation(run, lookup, selector.position(), grid.count());
    SampleColumns live = new SampleColumns();
    read(
        selector,
        lookup.firstMs() - lookbackMs + 1,
        lookup.lastMs() + lookbackMs,
        (series, samples) ->
            interpolation.accept(series.labels(), withoutMarkers(samples, live), sink));
  }

  private void read(
      Expr.VectorSelector selector,
      long startMs,
      long endMs,
      BiConsumer<SelectedSeries, SampleColumns> reader) {
    run.budget().check();
    boolean hinted = run.hinted().contains(selector);
    try (Selection selection = run.source().select(selector.matchers(), startMs, endMs)) {
      run.budget().select(selection.series().size());
      run.readAhead()
          .read(
              selection.series(),
              run.budget(),
              (series, samples) -> {
                run.budget().read(ResetHints.size(samples));
                boolean finds = hinted && samples.hasHistograms();
                reader.accept(series, finds ? ResetHints.found(samples) : samples);
              });
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
          value =
              switch (part) {
                case VALUE -> value;
                case TIME -> timestampsMs[next - 1] / 1000.0;
                case TIME_OF_FLOAT -> timeOfFloat(samples, next - 1);
                case START -> samples.startMs(next - 1) / 1000.0;
              };
        }
      }
      column[i] = value;
    }
    run.budget().work(column.length);
    return any;
  }

  private static double timeOfFloat(SampleColumns samples, int index) {
    if (samples.histogram(index) != null) {
      throw new QueryException.Failed("info metrics have floats, not histograms");
    }
    return samples.timestampMs(index) / 1000.0;
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
        spare.addFrom(samples, i);
      }
    }
    return spare;
  }
}
