package dev.sightline.promql.eval;

import dev.sightline.model.histogram.Buckets;
import dev.sightline.model.histogram.HistogramSum;
import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.histogram.ResetHint;
import dev.sightline.model.query.Position;
import org.jspecify.annotations.Nullable;

/// How much histograms grow within a window.
final class HistogramRates {
  private final Notes notes;
  private final Position position;
  private String metric = "";

  /// @param position of the range vector, for notes
  HistogramRates(Notes notes, Position position) {
    this.notes = notes;
    this.position = position;
  }

  /// Goes to another series.
  void open(String metricName) {
    metric = metricName;
  }

  /// The growth between the first and the last histogram, resets of counters added up.
  ///
  /// @param window of two histograms or more
  /// @return null where they do not fit together
  @Nullable NativeHistogram growth(Window window, boolean counter) {
    NativeHistogram first = at(window, 0);
    NativeHistogram last = at(window, window.size() - 1);
    if (counter && (isGauge(first) || isGauge(last))) {
      notes.notACounter(metric, position);
    }
    boolean startsAnew = counter && isReset(window, 1);
    // What came before a reset need not fit what came after.
    NativeHistogram base = startsAnew ? nothingLike(at(window, 1)) : first;
    int schema = commonSchema(window, base, counter);
    if (schema == Integer.MIN_VALUE) {
      notes.mixedSchemas(metric, position);
      return null;
    }
    HistogramSum growth = new HistogramSum(last.isCustom() ? last : last.coarser(schema));
    noteBounds(growth, base, "subtraction");
    growth.subtract(base);
    if (counter) {
      addResets(growth, window, base);
    } else if (!isGauge(first) || !isGauge(last)) {
      notes.notAGauge(metric, position);
    }
    return growth.result().withHint(ResetHint.GAUGE).compacted();
  }

  private void addResets(HistogramSum growth, Window window, NativeHistogram base) {
    if (StartTimes.overlap(window)) {
      notes.startsOverlap(metric, position);
    }
    NativeHistogram before = base;
    for (int i = 1; i < window.size(); i++) {
      NativeHistogram current = at(window, i);
      if (StartTimes.isReset(window, i) || current.resetSince(before)) {
        noteBounds(growth, before, "addition");
        growth.add(before);
      }
      before = current;
    }
  }

  /// The growth from one histogram to the next alone.
  ///
  /// @param rate whether it is a counter
  @Nullable NativeHistogram step(
      NativeHistogram before, NativeHistogram last, boolean rate, boolean startedAnew) {
    if (rate && (isGauge(before) || isGauge(last))) {
      notes.notACounter(metric, position);
    }
    if (!rate && (!isGauge(before) || !isGauge(last))) {
      notes.notAGauge(metric, position);
    }
    NativeHistogram growth = last;
    if (!rate || (!startedAnew && !last.resetSince(before))) {
      HistogramSum difference = new HistogramSum(last);
      if (!difference.accepts(before)) {
        notes.mixedSchemas(metric, position);
        return null;
      }
      noteBounds(difference, before, "subtraction");
      difference.subtract(before);
      growth = difference.result();
    }
    return growth.withHint(ResetHint.GAUGE).compacted();
  }

  /// As [#growth], of a window whose edges have values: see [Edges].
  @Nullable NativeHistogram growthBetweenEdges(Window window, boolean counter, boolean smoothed) {
    int first = Edges.firstIndex(window);
    int last = smoothed ? Edges.indexAtEnd(window) : window.size() - 1;
    if (window.timestampMs(last) <= window.startMs()
        || (smoothed && window.timestampMs(first) > window.endMs())) {
      return null;
    }
    if (!check(window, first, last, counter)) {
      return null;
    }
    boolean before = smoothed && window.timestampMs(first) < window.startMs();
    boolean after = smoothed && last > 0 && window.timestampMs(last) > window.endMs();
    NativeHistogram left =
        before ? between(window, first, window.startMs(), counter) : at(window, first);
    NativeHistogram right =
        after ? between(window, last - 1, window.endMs(), counter) : at(window, last);
    if (left == null || right == null) {
      notes.mixedSchemas(metric, position);
      return null;
    }
    if (!counter && (!isGauge(left) || !isGauge(right))) {
      notes.notAGauge(metric, position);
    }
    HistogramSum growth = new HistogramSum(right);
    noteBounds(growth, left, "subtraction");
    growth.subtract(left);
    if (counter) {
      boolean leftPassedReset = before && at(window, first + 1).resetSince(at(window, first));
      addResets(growth, window, leftPassedReset ? first + 1 : first, last, left, right);
    }
    return growth.result().withHint(ResetHint.GAUGE).compacted();
  }

  /// Adds what was reached before each reset after the sample at `from`, for which `left` stands
  /// unless a reset lay before it.
  private void addResets(
      HistogramSum growth,
      Window window,
      int from,
      int last,
      NativeHistogram left,
      NativeHistogram right) {
    boolean passed = from > Edges.firstIndex(window);
    NativeHistogram before = passed ? at(window, from) : left;
    if (from + 1 > last) {
      return;
    }
    for (int i = from + 1; i < last; i++) {
      NativeHistogram current = at(window, i);
      before = addIfReset(growth, current, before);
    }
    addIfReset(growth, right, before);
  }

  private NativeHistogram addIfReset(
      HistogramSum growth, NativeHistogram current, NativeHistogram before) {
    if (current.resetSince(before)) {
      noteBounds(growth, before, "addition");
      growth.add(before);
    }
    return current;
  }

  private boolean check(Window window, int first, int last, boolean counter) {
    boolean custom = at(window, first).isCustom();
    for (int i = first; i <= last; i++) {
      if (at(window, i).isCustom() != custom) {
        notes.mixedSchemas(metric, position);
        return false;
      }
      if (counter && isGauge(at(window, i))) {
        notes.notACounter(metric, position);
      }
    }
    return true;
  }

  private @Nullable NativeHistogram between(
      Window window, int index, long timeMs, boolean counter) {
    long beforeMs = window.timestampMs(index);
    long afterMs = window.timestampMs(index + 1);
    if (timeMs == beforeMs || timeMs == afterMs) {
      return at(window, timeMs == beforeMs ? index : index + 1);
    }
    double share = (double) (timeMs - beforeMs) / (afterMs - beforeMs);
    return Interpolation.between(
        at(window, index), at(window, index + 1), share, counter, notes, position);
  }

  private static boolean isReset(Window window, int index) {
    return StartTimes.isReset(window, index) || at(window, index).resetSince(at(window, index - 1));
  }

  /// @return the lowest schema that matters, or the least number where custom and exponential
  ///   buckets are mixed
  private int commonSchema(Window window, NativeHistogram base, boolean counter) {
    NativeHistogram last = at(window, window.size() - 1);
    boolean mixed = last.isCustom() != base.isCustom();
    int schema = Math.min(base.schema(), last.schema());
    for (int i = 1; counter && i < window.size() - 1; i++) {
      NativeHistogram current = at(window, i);
      if (isGauge(current)) {
        notes.notACounter(metric, position);
      }
      mixed |= current.isCustom() != base.isCustom();
      schema = Math.min(schema, current.schema());
    }
    return mixed ? Integer.MIN_VALUE : schema;
  }

  private static NativeHistogram nothingLike(NativeHistogram histogram) {
    return histogram.isCustom()
        ? NativeHistogram.custom(histogram.bounds(), 0, 0, Buckets.NONE)
        : NativeHistogram.exponential(histogram.schema(), 0, 0, Buckets.NONE);
  }

  private void noteBounds(HistogramSum sum, NativeHistogram other, String operation) {
    if (sum.reconcilesBoundsWith(other)) {
      notes.boundsReconciled(operation, position);
    }
  }

  private static boolean isGauge(NativeHistogram histogram) {
    return histogram.hint() == ResetHint.GAUGE;
  }

  private static NativeHistogram at(Window window, int index) {
    NativeHistogram histogram = window.histogram(index);
    if (histogram == null) {
      throw new IllegalStateException("BUG: a float in a window of histograms");
    }
    return histogram;
  }
}
