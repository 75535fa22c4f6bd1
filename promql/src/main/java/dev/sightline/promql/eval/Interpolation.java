package dev.sightline.promql.eval;

import dev.sightline.model.histogram.HistogramSum;
import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.histogram.ResetHint;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.model.query.Position;
import dev.sightline.model.series.SampleColumns;
import org.jspecify.annotations.Nullable;

/// The values of a `smoothed` instant selector: on the line between the samples around each step.
final class Interpolation {
  private final QueryRun run;
  private final Lookup lookup;
  private final Position position;
  private final double[] column;

  /// @param position of the selector
  Interpolation(QueryRun run, Lookup lookup, Position position, int steps) {
    this.run = run;
    this.lookup = lookup;
    this.position = position;
    this.column = new double[steps];
  }

  void accept(Labels labels, SampleColumns samples, ColumnSink sink) {
    String metric = labels.get(Label.METRIC_NAME);
    @Nullable NativeHistogram[] histograms =
        samples.hasHistograms() ? new NativeHistogram[column.length] : new NativeHistogram[0];
    Window window = new Window(lookup, run.lookbackMs(), 0, run.lookbackMs());
    window.open(samples);
    for (int i = 0; i < column.length; i++) {
      window.moveTo(i);
      column[i] = Absent.VALUE;
      if (window.size() == 0) {
        continue;
      }
      int kinds = kinds(window);
      if (kinds == 2) {
        run.notes().mixed(metric, position);
      } else if (window.histogram(0) == null) {
        column[i] = value(window);
      } else {
        histograms[i] = histogram(window, metric);
      }
    }
    run.budget().work(column.length);
    sink.pass(labels, false, column, histograms.length == 0 ? null : histograms);
  }

  private static int kinds(Window window) {
    for (int i = 1; i < window.size(); i++) {
      if ((window.histogram(i) == null) != (window.histogram(0) == null)) {
        return 2;
      }
    }
    return 1;
  }

  /// The first sample at or after the step, or the number of samples.
  private static int next(Window window) {
    int next = 0;
    while (next < window.size() && window.timestampMs(next) < window.endMs()) {
      next++;
    }
    return next;
  }

  private static double value(Window window) {
    int next = next(window);
    boolean exact = next < window.size() && window.timestampMs(next) == window.endMs();
    return next == 0 && !exact ? Absent.VALUE : Edges.at(window, window.endMs());
  }

  private @Nullable NativeHistogram histogram(Window window, String metric) {
    int next = next(window);
    if (next < window.size() && window.timestampMs(next) == window.endMs()) {
      return window.histogram(next);
    }
    NativeHistogram before = next == 0 ? null : window.histogram(next - 1);
    if (before == null) {
      return null;
    }
    NativeHistogram after = next == window.size() ? null : window.histogram(next);
    if (after == null) {
      return before.withHint(ResetHint.UNKNOWN);
    }
    if (before.isCustom() != after.isCustom()) {
      run.notes().mixedSchemas(metric, position);
      return null;
    }
    boolean counter = before.hint() != ResetHint.GAUGE || after.hint() != ResetHint.GAUGE;
    double share =
        (double) (window.endMs() - window.timestampMs(next - 1))
            / (window.timestampMs(next) - window.timestampMs(next - 1));
    return between(before, after, share, counter, run.notes(), position);
  }

  /// The histogram on the line between two; a counter that has been reset begins at nothing.
  ///
  /// @param share of the way from the first to the second
  /// @return null where they cannot be added
  static @Nullable NativeHistogram between(
      NativeHistogram before,
      NativeHistogram after,
      double share,
      boolean counter,
      Notes notes,
      Position position) {
    if (counter && after.resetSince(before)) {
      return after.times(share);
    }
    HistogramSum difference = new HistogramSum(after);
    if (!difference.accepts(before)) {
      return null;
    }
    if (difference.reconcilesBoundsWith(before)) {
      notes.boundsReconciled("subtraction", position);
    }
    difference.subtract(before);
    HistogramSum result = new HistogramSum(difference.result().times(share));
    if (result.reconcilesBoundsWith(before)) {
      notes.boundsReconciled("addition", position);
    }
    result.add(before);
    return result.result();
  }
}
