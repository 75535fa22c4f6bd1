package dev.sightline.promql.eval;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.model.query.Position;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.Function;
import dev.sightline.promql.ast.RangeMode;
import dev.sightline.promql.ast.Shift;
import dev.sightline.promql.ast.Span;
import dev.sightline.promql.ast.ValueType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Calls of functions that see a window of samples at each step.
final class WindowCalls {
  private final Evaluator evaluator;
  private final Grid grid;

  WindowCalls(Evaluator evaluator) {
    this.evaluator = evaluator;
    this.grid = evaluator.grid();
  }

  void evaluate(Expr.Call call, ColumnSink sink) {
    Expr range = rangeArgument(call);
    RangeMode mode =
        range.bare() instanceof Expr.MatrixSelector matrix ? matrix.mode() : RangeMode.PLAIN;
    WindowFunction function =
        mode == RangeMode.PLAIN ? function(call) : Edges.of(call.function(), mode);
    Window window = window(range);
    MixedWindow mixedWindow = new MixedWindow(window(range), window(range));
    MixedWindowCalls mixed =
        new MixedWindowCalls(call, mode, function, mixedWindow, evaluator.run().notes());
    boolean keepsName =
        call.function() == Function.LAST_OVER_TIME || call.function() == Function.FIRST_OVER_TIME;
    boolean counter = call.function() == Function.RATE || call.function() == Function.INCREASE;
    double[] column = new double[grid.count()];
    evaluator.range(
        range,
        (labels, dropName, samples) -> {
          boolean dropsName = dropName || !keepsName;
          if (samples.hasHistograms() || samples.hasStarts()) {
            mixedWindow.open(samples);
            @Nullable NativeHistogram[] histograms = new NativeHistogram[column.length];
            String metric = labels.get(Label.METRIC_NAME);
            if (mixed.fill(metric, column, histograms, evaluator.run().budget())) {
              if (counter && !Arrays.stream(column).allMatch(Absent::is)) {
                checkCounter(labels, range.position());
              }
              boolean any = HistogramColumns.any(histograms);
              sink.pass(labels, dropsName, column, any ? histograms : null);
            }
            return;
          }
          window.open(samples);
          if (fill(column, window, function)) {
            if (counter) {
              checkCounter(labels, range.position());
            }
            sink.accept(labels, dropsName, column);
          }
        });
  }

  /// @return whether any step has a value
  private boolean fill(double[] column, Window window, WindowFunction function) {
    Budget budget = evaluator.run().budget();
    boolean any = false;
    for (int i = 0; i < column.length; i++) {
      window.moveTo(i);
      double value = window.size() == 0 ? Absent.VALUE : function.apply(window);
      column[i] = value;
      any |= !Absent.is(value);
      budget.work(window.size());
    }
    return any;
  }

  private WindowFunction function(Expr.Call call) {
    return switch (call.function()) {
      case AVG_OVER_TIME -> grid.count() > 1 ? new MovingSum(true) : OverTime::avg;
      case CHANGES -> RateFunctions::changes;
      case COUNT_OVER_TIME -> Window::size;
      case DELTA -> RateFunctions::delta;
      case DERIV -> Regression::deriv;
      case FIRST_OVER_TIME -> Window::first;
      case IDELTA -> RateFunctions::idelta;
      case INCREASE -> RateFunctions::increase;
      case IRATE -> RateFunctions::irate;
      case LAST_OVER_TIME -> Window::last;
      case MAD_OVER_TIME -> OverTime::medianAbsoluteDeviation;
      case MAX_OVER_TIME -> new MovingExtreme(true);
      case MIN_OVER_TIME -> new MovingExtreme(false);
      case PRESENT_OVER_TIME -> _ -> 1;
      case RATE -> RateFunctions::rate;
      case RESETS -> RateFunctions::resets;
      case STDDEV_OVER_TIME -> window -> Math.sqrt(OverTime.variance(window));
      case STDVAR_OVER_TIME -> OverTime::variance;
      case SUM_OVER_TIME -> grid.count() > 1 ? new MovingSum(false) : OverTime::sum;
      case TS_OF_FIRST_OVER_TIME -> window -> window.firstMs() / 1000.0;
      case TS_OF_LAST_OVER_TIME -> window -> window.lastMs() / 1000.0;
      case TS_OF_MAX_OVER_TIME -> OverTime::timeOfMax;
      case TS_OF_MIN_OVER_TIME -> OverTime::timeOfMin;
      case PREDICT_LINEAR, QUANTILE_OVER_TIME, DOUBLE_EXPONENTIAL_SMOOTHING -> withParameters(call);
      default -> throw new IllegalStateException("BUG: no window function: " + call.function());
    };
  }

  private WindowFunction withParameters(Expr.Call call) {
    return switch (call.function()) {
      case PREDICT_LINEAR -> {
        double[] aheadS = evaluator.scalar(Calls.argument(call, 1));
        yield window ->
            Regression.predictLinear(window, grid.timeMs(window.step()), aheadS[window.step()]);
      }
      case QUANTILE_OVER_TIME -> quantile(Calls.argument(call, 0));
      case DOUBLE_EXPONENTIAL_SMOOTHING -> {
        double[] smoothing = evaluator.scalar(Calls.argument(call, 1));
        double[] trend = evaluator.scalar(Calls.argument(call, 2));
        yield window -> Regression.smoothed(window, smoothing[window.step()], trend[window.step()]);
      }
      default -> throw new IllegalStateException("BUG: no parameters: " + call.function());
    };
  }

  private WindowFunction quantile(Expr parameter) {
    double[] quantiles = evaluator.scalar(parameter);
    for (double quantile : quantiles) {
      if (!(quantile >= 0 && quantile <= 1)) {
        evaluator.run().notes().badQuantile(quantile, parameter.position());
      }
    }
    return window -> OverTime.quantile(window, quantiles[window.step()]);
  }

  private Window window(Expr range) {
    return switch (range.bare()) {
      case Expr.MatrixSelector m -> window(m.selector().shift(), m.range(), m.mode(), m.position());
      case Expr.Subquery s -> window(s.shift(), s.range(), RangeMode.PLAIN, s.position());
      default -> throw new IllegalStateException("BUG: no range vector: " + range);
    };
  }

  private Window window(Shift shift, Span span, RangeMode mode, Position position) {
    Lookup lookup = new Lookup(evaluator.run(), grid, shift);
    Selectors selectors = new Selectors(evaluator.run(), grid);
    return new Window(
        lookup, lookup.windowMs(span, position), selectors.before(mode), selectors.after(mode));
  }

  private static Expr rangeArgument(Expr.Call call) {
    for (Expr argument : call.arguments()) {
      if (argument.type() == ValueType.MATRIX) {
        return argument;
      }
    }
    throw new IllegalStateException("BUG: no range vector in " + call);
  }

  private void checkCounter(Labels labels, Position position) {
    String name = labels.get(Label.METRIC_NAME);
    boolean counter =
        name.isEmpty()
            || name.endsWith("_total")
            || name.endsWith("_sum")
            || name.endsWith("_count")
            || name.endsWith("_bucket");
    if (!counter) {
      evaluator.run().notes().possiblyNoCounter(name, position);
    }
  }
}
