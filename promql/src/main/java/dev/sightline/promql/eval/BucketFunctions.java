package dev.sightline.promql.eval;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.parse.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// `histogram_quantile` and `histogram_fraction` over classic histograms: series whose label `le`
/// is the upper bound of a bucket that counts all below it.
final class BucketFunctions {
  private static final String BOUND_LABEL = "le";

  private final Evaluator evaluator;
  private final int steps;

  BucketFunctions(Evaluator evaluator) {
    this.evaluator = evaluator;
    this.steps = evaluator.grid().count();
  }

  void evaluate(Expr.Call call, ColumnSink sink) {
    switch (call.function()) {
      case HISTOGRAM_QUANTILE -> quantile(call, sink);
      case HISTOGRAM_QUANTILES -> quantiles(call, sink);
      case HISTOGRAM_FRACTION -> fraction(call, sink);
      default -> throw new IllegalStateException("BUG: no buckets: " + call.function());
    }
  }

  private void quantile(Expr.Call call, ColumnSink sink) {
    double[] quantiles = quantileColumn(Calls.argument(call, 0));
    Expr buckets = Calls.argument(call, 1);
    eachHistogram(
        buckets,
        (labels, histogram) ->
            sink.accept(labels, true, quantileOf(histogram, quantiles, labels, buckets)));
  }

  private void quantiles(Expr.Call call, ColumnSink sink) {
    Expr buckets = Calls.argument(call, 0);
    String label = evaluator.text(Calls.argument(call, 1));
    List<double[]> columns = new ArrayList<>();
    for (Expr argument : call.arguments().subList(2, call.arguments().size())) {
      columns.add(quantileColumn(argument));
    }
    eachHistogram(
        buckets,
        (labels, histogram) -> {
          for (double[] quantiles : columns) {
            sink.accept(
                labels.with(label, Numbers.format(quantiles[0])),
                true,
                quantileOf(histogram, quantiles, labels, buckets));
          }
        });
  }

  private void fraction(Expr.Call call, ColumnSink sink) {
    double[] lower = evaluator.scalar(Calls.argument(call, 0));
    double[] upper = evaluator.scalar(Calls.argument(call, 1));
    eachHistogram(
        Calls.argument(call, 2),
        (labels, histogram) -> {
          double[] result = new double[steps];
          for (int i = 0; i < steps; i++) {
            result[i] = histogram.moveTo(i) ? histogram.fraction(lower[i], upper[i]) : Absent.VALUE;
          }
          sink.accept(labels, true, result);
        });
  }

  private double[] quantileColumn(Expr argument) {
    double[] quantiles = evaluator.scalar(argument);
    for (double quantile : quantiles) {
      if (!(quantile >= 0 && quantile <= 1)) {
        evaluator.run().notes().badQuantile(quantile, argument.position());
      }
    }
    return quantiles;
  }

  private double[] quantileOf(
      Histogram histogram, double[] quantiles, Labels labels, Expr buckets) {
    double[] result = new double[steps];
    boolean fixed = false;
    for (int i = 0; i < steps; i++) {
      boolean present = histogram.moveTo(i);
      result[i] = present ? histogram.quantile(quantiles[i]) : Absent.VALUE;
      fixed |= present && histogram.wasFixed();
    }
    evaluator.run().budget().work(steps);
    if (fixed) {
      evaluator
          .run()
          .notes()
          .bucketsNotMonotonic(labels.get(Label.METRIC_NAME), buckets.position());
    }
    return result;
  }

  private void eachHistogram(Expr buckets, BiConsumer<Labels, Histogram> consumer) {
    Map<Labels, List<Histogram.Bucket>> histograms = new LinkedHashMap<>();
    evaluator.vector(
        buckets,
        (labels, _, column) -> {
          String le = labels.get(BOUND_LABEL);
          Double bound = bound(le);
          if (bound == null) {
            evaluator
                .run()
                .notes()
                .badBucketLabel(labels.get(Label.METRIC_NAME), le, buckets.position());
            return;
          }
          evaluator.run().budget().charge(column.length);
          histograms
              .computeIfAbsent(labels.without(BOUND_LABEL), _ -> new ArrayList<>())
              .add(new Histogram.Bucket(bound, column.clone()));
        });
    histograms.forEach((labels, list) -> consumer.accept(labels, new Histogram(list)));
  }

  private static @Nullable Double bound(String le) {
    try {
      return switch (le) {
        case "+Inf", "Inf", "inf", "+inf" -> Double.POSITIVE_INFINITY;
        case "-Inf", "-inf" -> Double.NEGATIVE_INFINITY;
        default -> Double.valueOf(le);
      };
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
