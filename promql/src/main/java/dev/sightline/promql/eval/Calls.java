package dev.sightline.promql.eval;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Labels;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.Function;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/// Calls of functions: which kind each is, and the few that are a kind of their own.
final class Calls {
  private final Evaluator evaluator;
  private final Grid grid;

  Calls(Evaluator evaluator) {
    this.evaluator = evaluator;
    this.grid = evaluator.grid();
  }

  double[] scalar(Expr.Call call) {
    QueryRun run = evaluator.run();
    return switch (call.function()) {
      case PI -> evaluator.constant(Math.PI);
      case START -> evaluator.constant(run.outer().startMs() / 1000.0);
      case END -> evaluator.constant(run.outer().endMs() / 1000.0);
      case STEP -> evaluator.constant(run.stepMs() / 1000.0);
      case RANGE -> evaluator.constant((run.outer().endMs() - run.outer().startMs()) / 1000.0);
      case TIME -> times();
      case MIN_OF, MAX_OF -> {
        double[] left = evaluator.scalar(argument(call, 0));
        double[] right = evaluator.scalar(argument(call, 1));
        boolean larger = call.function() == Function.MAX_OF;
        for (int i = 0; i < left.length; i++) {
          left[i] = larger ? Math.max(left[i], right[i]) : Math.min(left[i], right[i]);
        }
        yield left;
      }
      case SCALAR -> onlyValues(argument(call, 0));
      default -> throw new IllegalStateException("BUG: no scalar function: " + call.function());
    };
  }

  void vector(Expr.Call call, ColumnSink sink) {
    switch (call.function()) {
      case ABS,
          ACOS,
          ACOSH,
          ASIN,
          ASINH,
          ATAN,
          ATANH,
          CEIL,
          COS,
          COSH,
          DEG,
          EXP,
          FLOOR,
          LN,
          LOG10,
          LOG2,
          RAD,
          SGN,
          SIN,
          SINH,
          SQRT,
          TAN,
          TANH ->
          mapped(argument(call, 0), MathFunctions.of(call.function()), sink);
      case CLAMP, CLAMP_MAX, CLAMP_MIN -> clamped(call, sink);
      case ROUND -> rounded(call, sink);
      case DAYS_IN_MONTH, DAY_OF_MONTH, DAY_OF_WEEK, DAY_OF_YEAR, HOUR, MINUTE, MONTH, YEAR ->
          calendar(call, sink);
      case TIMESTAMP -> timestamp(argument(call, 0), sink);
      case VECTOR -> sink.accept(Labels.EMPTY, false, evaluator.scalar(argument(call, 0)));
      case ABSENT, ABSENT_OVER_TIME -> new AbsentFunctions(evaluator).evaluate(call, sink);
      case LABEL_JOIN, LABEL_REPLACE -> new LabelFunctions(evaluator).evaluate(call, sink);
      case SORT, SORT_DESC, SORT_BY_LABEL, SORT_BY_LABEL_DESC ->
          new Sorting(evaluator).evaluate(call, sink);
      case HISTOGRAM_QUANTILE, HISTOGRAM_QUANTILES, HISTOGRAM_FRACTION ->
          new BucketFunctions(evaluator).evaluate(call, sink);
      case INFO -> new InfoFunction(evaluator).evaluate(call, sink);
      case HISTOGRAM_AVG, HISTOGRAM_COUNT, HISTOGRAM_STDDEV, HISTOGRAM_STDVAR, HISTOGRAM_SUM ->
          ofHistograms(call, sink);
      case START_TIMESTAMP -> startTimestamp(argument(call, 0), sink);
      case AVG_OVER_TIME,
          CHANGES,
          COUNT_OVER_TIME,
          DELTA,
          DERIV,
          DOUBLE_EXPONENTIAL_SMOOTHING,
          FIRST_OVER_TIME,
          IDELTA,
          INCREASE,
          IRATE,
          LAST_OVER_TIME,
          MAD_OVER_TIME,
          MAX_OVER_TIME,
          MIN_OVER_TIME,
          PREDICT_LINEAR,
          PRESENT_OVER_TIME,
          QUANTILE_OVER_TIME,
          RATE,
          RESETS,
          STDDEV_OVER_TIME,
          STDVAR_OVER_TIME,
          SUM_OVER_TIME,
          TS_OF_FIRST_OVER_TIME,
          TS_OF_LAST_OVER_TIME,
          TS_OF_MAX_OVER_TIME,
          TS_OF_MIN_OVER_TIME ->
          new WindowCalls(evaluator).evaluate(call, sink);
      case END, MAX_OF, MIN_OF, PI, RANGE, SCALAR, START, STEP, TIME ->
          throw new IllegalStateException("BUG: no vector function: " + call.function());
    }
  }

  static Expr argument(Expr.Call call, int index) {
    return call.arguments().get(index);
  }

  private double[] times() {
    double[] column = new double[grid.count()];
    for (int i = 0; i < column.length; i++) {
      column[i] = grid.timeMs(i) / 1000.0;
    }
    return column;
  }

  /// The value of the only element at each step, NaN where there is none or more.
  private double[] onlyValues(Expr argument) {
    double[] only = evaluator.constant(Double.NaN);
    int[] counts = new int[only.length];
    evaluator.vector(
        argument,
        (_, _, column) -> {
          for (int i = 0; i < column.length; i++) {
            if (!Absent.is(column[i])) {
              counts[i]++;
              only[i] = counts[i] == 1 ? column[i] : Double.NaN;
            }
          }
        });
    return only;
  }

  /// A number for each native histogram; floats have none.
  private void ofHistograms(Expr.Call call, ColumnSink sink) {
    ToDoubleFunction<NativeHistogram> number = number(call);
    evaluator.vector(
        argument(call, 0),
        (MixedSink)
            (labels, _, column, histograms) -> {
              for (int i = 0; histograms != null && i < column.length; i++) {
                NativeHistogram histogram = histograms[i];
                column[i] = histogram == null ? Absent.VALUE : number.applyAsDouble(histogram);
              }
              if (histograms != null) {
                sink.accept(labels, true, column);
              }
            });
  }

  private ToDoubleFunction<NativeHistogram> number(Expr.Call call) {
    return switch (call.function()) {
      case HISTOGRAM_AVG -> histogram -> histogram.sum() / histogram.count();
      case HISTOGRAM_COUNT -> NativeHistogram::count;
      case HISTOGRAM_SUM -> NativeHistogram::sum;
      case HISTOGRAM_STDDEV -> histogram -> Math.sqrt(variance(histogram, call));
      case HISTOGRAM_STDVAR -> histogram -> variance(histogram, call);
      default -> throw new IllegalStateException("BUG: no number: " + call.function());
    };
  }

  private double variance(NativeHistogram histogram, Expr.Call call) {
    return new HistogramQuantile(histogram, "", evaluator.run().notes(), call.position())
        .variance();
  }

  /// Only selectors have start times.
  private void startTimestamp(Expr argument, ColumnSink sink) {
    if (argument.bare() instanceof Expr.VectorSelector selector) {
      new Selectors(evaluator.run(), grid)
          .instant(
              selector,
              Selectors.Part.START,
              (labels, _, column) -> sink.accept(labels, true, column));
    }
  }

  private void mapped(Expr argument, DoubleUnaryOperator operator, ColumnSink sink) {
    evaluator.vector(
        argument,
        (labels, _, column) -> {
          evaluator.run().budget().work(column.length);
          for (int i = 0; i < column.length; i++) {
            if (!Absent.is(column[i])) {
              column[i] = operator.applyAsDouble(column[i]);
            }
          }
          sink.accept(labels, true, column);
        });
  }

  private void clamped(Expr.Call call, ColumnSink sink) {
    Function function = call.function();
    double[] min =
        function == Function.CLAMP_MAX
            ? evaluator.constant(Double.NEGATIVE_INFINITY)
            : evaluator.scalar(argument(call, 1));
    double[] max =
        function == Function.CLAMP_MIN
            ? evaluator.constant(Double.POSITIVE_INFINITY)
            : evaluator.scalar(argument(call, call.arguments().size() - 1));
    evaluator.vector(
        argument(call, 0),
        (labels, _, column) -> {
          for (int i = 0; i < column.length; i++) {
            if (min[i] > max[i]) {
              column[i] = Absent.VALUE;
            } else if (!Absent.is(column[i])) {
              column[i] = Math.max(min[i], Math.min(max[i], column[i]));
            }
          }
          sink.accept(labels, true, column);
        });
  }

  private void rounded(Expr.Call call, ColumnSink sink) {
    double[] multiples =
        call.arguments().size() > 1 ? evaluator.scalar(argument(call, 1)) : evaluator.constant(1);
    evaluator.vector(
        argument(call, 0),
        (labels, _, column) -> {
          for (int i = 0; i < column.length; i++) {
            if (!Absent.is(column[i])) {
              column[i] = MathFunctions.round(column[i], multiples[i]);
            }
          }
          sink.accept(labels, true, column);
        });
  }

  private void calendar(Expr.Call call, ColumnSink sink) {
    List<Expr> arguments = call.arguments();
    DoubleUnaryOperator part = seconds -> CalendarFunctions.of(call.function(), seconds);
    if (!arguments.isEmpty()) {
      mapped(arguments.getFirst(), part, sink);
      return;
    }
    double[] times = times();
    for (int i = 0; i < times.length; i++) {
      times[i] = part.applyAsDouble(times[i]);
    }
    sink.accept(Labels.EMPTY, false, times);
  }

  /// Of a selector's samples their own times; of anything computed the time of evaluation.
  private void timestamp(Expr argument, ColumnSink sink) {
    if (argument.bare() instanceof Expr.VectorSelector selector) {
      new Selectors(evaluator.run(), grid)
          .instant(
              selector,
              Selectors.Part.TIME,
              (labels, _, column) -> sink.accept(labels, true, column));
      return;
    }
    evaluator.vector(
        argument,
        (MixedSink)
            (labels, _, column, histograms) -> {
              for (int i = 0; i < column.length; i++) {
                boolean histogram = histograms != null && histograms[i] != null;
                if (histogram || !Absent.is(column[i])) {
                  column[i] = grid.timeMs(i) / 1000.0;
                }
              }
              sink.accept(labels, true, column);
            });
  }
}
