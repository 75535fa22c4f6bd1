package dev.sightline.promql.eval;

import dev.sightline.model.histogram.HistogramSum;
import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.query.Position;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.Function;
import dev.sightline.promql.ast.RangeMode;
import org.jspecify.annotations.Nullable;

/// Calls of functions over windows of series that have histograms or start times.
final class MixedWindowCalls {
  private static final double NEAR = 1.1;

  private final Function function;
  private final RangeMode mode;
  private final WindowFunction ofFloats;
  private final MixedWindow window;
  private final Notes notes;
  private final Position position;
  private final HistogramRates rates;
  private String metric = "";

  /// the result of the current step
  private double value;

  private @Nullable NativeHistogram histogram;

  /// @param ofFloats the same function for windows of floats alone
  MixedWindowCalls(
      Expr.Call call, RangeMode mode, WindowFunction ofFloats, MixedWindow window, Notes notes) {
    this.function = call.function();
    this.mode = mode;
    this.ofFloats = ofFloats;
    this.window = window;
    this.notes = notes;
    this.position = Calls.argument(call, 0).position();
    this.rates = new HistogramRates(notes, position);
  }

  /// @param histograms as many as the column has steps, filled beside it
  /// @return whether any step has a value
  boolean fill(
      String metricName, double[] column, @Nullable NativeHistogram[] histograms, Budget budget) {
    metric = metricName;
    rates.open(metricName);
    boolean any = false;
    for (int i = 0; i < column.length; i++) {
      window.moveTo(i);
      value = Absent.VALUE;
      histogram = null;
      if (window.size() > 0) {
        apply();
      }
      column[i] = value;
      histograms[i] = histogram;
      any |= !Absent.is(value) || histogram != null;
      budget.work(window.size() + 8L * window.histograms().size());
    }
    return any;
  }

  private void apply() {
    Window floats = window.floats();
    switch (function) {
      case RATE, INCREASE, DELTA -> growth();
      case IRATE, IDELTA -> lastStep(function == Function.IRATE);
      case SUM_OVER_TIME, AVG_OVER_TIME -> total();
      case COUNT_OVER_TIME -> value = window.size();
      case PRESENT_OVER_TIME -> value = 1;
      case CHANGES, RESETS -> value = count(window.places(mode == RangeMode.ANCHORED));
      case FIRST_OVER_TIME, LAST_OVER_TIME, TS_OF_FIRST_OVER_TIME, TS_OF_LAST_OVER_TIME -> end();
      case DERIV, PREDICT_LINEAR, DOUBLE_EXPONENTIAL_SMOOTHING -> {
        if (floats.size() > 0) {
          noteIgnored();
        }
        value = floats.size() < 2 ? Absent.VALUE : ofFloats.apply(floats);
      }
      default -> {
        if (floats.size() > 0) {
          noteIgnored();
          value = ofFloats.apply(floats);
        }
      }
    }
  }

  private void noteIgnored() {
    if (window.histograms().size() > 0) {
      notes.ignoredInRange(metric, position);
    }
  }

  private void end() {
    MixedWindow.Place[] places = window.places(false);
    boolean first =
        function == Function.FIRST_OVER_TIME || function == Function.TS_OF_FIRST_OVER_TIME;
    MixedWindow.Place place = places[first ? 0 : places.length - 1];
    if (function == Function.FIRST_OVER_TIME || function == Function.LAST_OVER_TIME) {
      histogram = place.window().histogram(place.index());
      value = histogram == null ? place.window().value(place.index()) : Absent.VALUE;
    } else {
      value = place.timestampMs() / 1000.0;
    }
  }

  private void total() {
    if (window.isMixed()) {
      notes.mixed(metric, position);
      return;
    }
    Window histograms = window.histograms();
    if (histograms.size() == 0) {
      value = ofFloats.apply(window.floats());
      return;
    }
    HistogramMean mean = null;
    for (int i = 0; i < histograms.size(); i++) {
      NativeHistogram one = histograms.histogram(i);
      if (one == null) {
        throw new IllegalStateException("BUG: a float among histograms");
      }
      if (mean == null) {
        mean = new HistogramMean(function == Function.AVG_OVER_TIME, one);
      } else if (!mean.add(one)) {
        notes.mixedSchemas(metric, position);
        return;
      }
    }
    if (mean != null) {
      noteSum(mean);
      histogram = mean.value();
    }
  }

  private void noteSum(HistogramMean mean) {
    if (mean.hintsConflict()) {
      notes.resetsConflict("aggregation", position);
    }
    if (mean.boundsReconciled()) {
      notes.boundsReconciled("aggregation", position);
    }
  }

  /// Changes or resets; from a float to a histogram and back is both.
  private double count(MixedWindow.Place[] places) {
    if (places.length == 0) {
      return Absent.VALUE;
    }
    int count = 0;
    for (int i = 1; i < places.length; i++) {
      boolean counts =
          function == Function.RESETS
              ? isReset(places[i - 1], places[i])
              : isChange(places[i - 1], places[i]);
      count += counts ? 1 : 0;
    }
    return count;
  }

  private static boolean isChange(MixedWindow.Place before, MixedWindow.Place now) {
    NativeHistogram left = before.window().histogram(before.index());
    NativeHistogram right = now.window().histogram(now.index());
    if (left == null || right == null) {
      double from = before.window().value(before.index());
      double to = now.window().value(now.index());
      return (left == null) != (right == null)
          || (to != from && !(Double.isNaN(to) && Double.isNaN(from)));
    }
    return !right.sameAs(left);
  }

  private static boolean isReset(MixedWindow.Place before, MixedWindow.Place now) {
    NativeHistogram left = before.window().histogram(before.index());
    NativeHistogram right = now.window().histogram(now.index());
    if ((left == null) != (right == null)) {
      return true;
    }
    if (StartTimes.isReset(now.window(), now.index())) {
      return true;
    }
    return left == null || right == null
        ? now.window().value(now.index()) < before.window().value(before.index())
        : right.resetSince(left);
  }

  private void lastStep(boolean rate) {
    MixedWindow.Place[] places = window.places(false);
    if (places.length < 2) {
      return;
    }
    MixedWindow.Place last = places[places.length - 1];
    MixedWindow.Place before = places[places.length - 2];
    if (last.window() != before.window()) {
      notes.mixed(metric, position);
      return;
    }
    double seconds = (last.timestampMs() - before.timestampMs()) / 1000.0;
    boolean startedAnew = StartTimes.isReset(last.window(), last.index());
    NativeHistogram left = before.window().histogram(before.index());
    NativeHistogram right = last.window().histogram(last.index());
    if (left == null || right == null) {
      double from = before.window().value(before.index());
      double to = last.window().value(last.index());
      double growth = rate && (to < from || startedAnew) ? to : to - from;
      value = rate ? growth / seconds : growth;
      return;
    }
    NativeHistogram growth = rates.step(left, right, rate, startedAnew);
    histogram = rate && growth != null ? growth.dividedBy(seconds) : growth;
  }

  private void growth() {
    if (window.isMixed()) {
      notes.mixed(metric, position);
      return;
    }
    boolean counter = function != Function.DELTA;
    boolean rate = function == Function.RATE;
    Window histograms = window.histograms();
    double seconds = histograms.lengthMs() / 1000.0;
    if (mode == RangeMode.PLAIN) {
      extrapolated(counter, rate ? seconds : 1);
    } else if (histograms.size() == 0) {
      value = ofFloats.apply(window.floats());
    } else {
      NativeHistogram growth =
          rates.growthBetweenEdges(histograms, counter, mode == RangeMode.SMOOTHED);
      histogram = rate && growth != null ? growth.dividedBy(seconds) : growth;
    }
  }

  /// As [RateFunctions] has it; and where the first sample says that it began to count within the
  /// window, it was zero then.
  private void extrapolated(boolean counter, double divisor) {
    boolean floats = window.histograms().size() == 0;
    Window all = floats ? window.floats() : window.histograms();
    int intervals = all.size() - 1;
    long startedMs = counter ? all.startedMs(0) : 0;
    boolean started = startedMs != 0 && startedMs > all.startMs() && startedMs < all.firstMs();
    if (intervals == 0 && !started) {
      return;
    }
    double growth = floats ? floatGrowth(all, counter) : 0;
    NativeHistogram grown = null;
    if (!floats && intervals > 0) {
      grown = rates.growth(all, counter);
      if (grown == null) {
        return;
      }
    }
    double sampledS = (all.lastMs() - all.firstMs()) / 1000.0;
    double distanceS = intervals > 0 ? sampledS / intervals : 0;
    double toEndS = (all.endMs() - all.lastMs()) / 1000.0;
    toEndS = toEndS >= distanceS * NEAR ? distanceS / 2 : toEndS;
    double toStartS = 0;
    if (started) {
      sampledS = (all.lastMs() - startedMs) / 1000.0;
      growth += floats ? all.first() : 0;
      grown = floats ? null : withFirst(grown, all);
    } else {
      toStartS = (all.firstMs() - all.startMs()) / 1000.0;
      toStartS = toStartS >= distanceS * NEAR ? distanceS / 2 : toStartS;
      if (counter) {
        double total = grown == null ? growth : grown.count();
        NativeHistogram firstHistogram = all.histogram(0);
        double first = firstHistogram == null ? all.first() : firstHistogram.count();
        toStartS =
            total > 0 && first >= 0 ? Math.min(toStartS, sampledS * (first / total)) : toStartS;
      }
    }
    double factor = sampledS == 0 ? 1 : (sampledS + toStartS + toEndS) / sampledS;
    if (floats) {
      value = growth * (factor / divisor);
    } else if (grown != null) {
      histogram = grown.times(factor / divisor);
    }
  }

  private double floatGrowth(Window floats, boolean counter) {
    double growth = floats.last() - floats.first();
    if (counter && StartTimes.overlap(floats)) {
      notes.startsOverlap(metric, position);
    }
    for (int i = 1; counter && i < floats.size(); i++) {
      if (floats.value(i) < floats.value(i - 1) || StartTimes.isReset(floats, i)) {
        growth += floats.value(i - 1);
      }
    }
    return growth;
  }

  private @Nullable NativeHistogram withFirst(@Nullable NativeHistogram grown, Window all) {
    NativeHistogram first = all.histogram(0);
    if (grown == null || first == null) {
      return first;
    }
    HistogramSum sum = new HistogramSum(grown);
    if (!sum.accepts(first)) {
      notes.mixedSchemas(metric, position);
      return null;
    }
    if (sum.reconcilesBoundsWith(first)) {
      notes.boundsReconciled("addition", position);
    }
    sum.add(first);
    return sum.result();
  }
}
